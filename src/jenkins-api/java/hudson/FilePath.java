package hudson;

import hudson.model.Computer;
import hudson.remoting.Future;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import jenkins.util.JenkinsJVM;
import org.jenkinsci.remoting.RoleSensitive;

public final class FilePath implements Serializable {
    private final File file;
    private final transient Computer computer;
    private final transient Before before;

    public FilePath(File localPath) {
        this(localPath, null, () -> {});
    }

    /** For tests: a path on an agent, whose calls may wait. */
    public FilePath(File localPath, Computer computer, Before before) {
        this.file = localPath;
        this.computer = computer;
        this.before = before;
    }

    /** For tests: what happens before a call is made on the agent. */
    public interface Before {
        void call() throws IOException, InterruptedException;
    }

    public interface FileCallable<T> extends Serializable, RoleSensitive {
        T invoke(File f, VirtualChannel channel) throws IOException, InterruptedException;
    }

    public <T> T act(FileCallable<T> callable) throws IOException, InterruptedException {
        if (before != null) {
            before.call();
        }
        boolean onAgent = computer != null && !computer.getName().isEmpty();
        return onAgent ? JenkinsJVM.onAgent(() -> callable.invoke(file, null)) : callable.invoke(file, null);
    }

    /** Ends before it returns, other than in Jenkins. */
    public <T> Future<T> actAsync(FileCallable<T> callable) throws IOException, InterruptedException {
        return new Done<>(act(callable));
    }

    private static final class Done<T> extends CompletableFuture<T> implements Future<T> {
        Done(T result) {
            complete(result);
        }
    }

    public String getRemote() {
        return file.getPath();
    }

    public Computer toComputer() {
        return computer;
    }

    public FilePath child(String relOrAbsolute) {
        return new FilePath(file.toPath().resolve(relOrAbsolute).toFile());
    }

    /** Only what a test needs: one pattern without Ant's double star. */
    public FilePath[] list(String includes, String excludes, boolean defaultExcludes)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException("needs Jenkins");
    }
}
