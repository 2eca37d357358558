package jenkins.util;

import java.io.IOException;

public class JenkinsJVM {
    private static final ThreadLocal<Boolean> ON_AGENT = ThreadLocal.withInitial(() -> false);

    public static boolean isJenkinsJVM() {
        return !ON_AGENT.get();
    }

    /** For tests: what an agent does. */
    public interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    /** For tests: meanwhile this thread is one of an agent's JVM. */
    public static <T> T onAgent(Work<T> work) throws IOException, InterruptedException {
        ON_AGENT.set(true);
        try {
            return work.run();
        } finally {
            ON_AGENT.remove();
        }
    }
}
