package jenkins.security;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.security.core.Authentication;

public final class ImpersonatingExecutorService extends AbstractExecutorService {
    private final ExecutorService base;

    public ImpersonatingExecutorService(ExecutorService base, Authentication authentication) {
        this.base = base;
    }

    @Override
    public void execute(Runnable command) {
        base.execute(command);
    }

    @Override
    public void shutdown() {
        base.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return base.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return base.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return base.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return base.awaitTermination(timeout, unit);
    }
}
