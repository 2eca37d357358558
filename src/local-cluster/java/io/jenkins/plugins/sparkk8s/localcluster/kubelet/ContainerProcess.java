package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The running process of a container. It ends with the JVM that started it, however that ends, because its supervisor
 * reads a pipe that only this JVM holds.
 */
final class ContainerProcess {

    private static final Logger LOGGER = Logger.getLogger(ContainerProcess.class.getName());

    private static final int KILL_SECONDS = 5;

    private final Process supervisor;

    private ContainerProcess(Process supervisor) {
        this.supervisor = supervisor;
    }

    /**
     * Starts a container.
     *
     * @param spec what to run
     * @param sandbox how to run it
     * @param log receives what the process prints; complete before {@code exited} runs
     * @param exited runs once after the end
     * @throws IOException when the process cannot be started
     */
    static ContainerProcess start(ContainerSpec spec, Sandbox sandbox, ContainerLog log, Runnable exited)
            throws IOException {
        ProcessBuilder builder = sandbox.command(spec).redirectErrorStream(true);
        ContainerProcess process = new ContainerProcess(builder.start());
        Thread reader = new Thread(() -> process.readLog(log, exited), "container-log");
        reader.setDaemon(true);
        reader.start();
        return process;
    }

    private void readLog(ContainerLog log, Runnable exited) {
        try (InputStream output = supervisor.getInputStream()) {
            log.copy(output);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "Log of a container was cut", e);
        }
        supervisor.onExit().join();
        exited.run();
    }

    boolean isAlive() {
        return supervisor.isAlive();
    }

    /** Exit code, 128+n when signal n ended the process. */
    int exitCode() {
        return supervisor.exitValue();
    }

    /** Sends {@code TERM} or {@code KILL} to the container's main process. */
    void signal(String name) {
        OutputStream commands = supervisor.getOutputStream();
        try {
            commands.write((name + "\n").getBytes(StandardCharsets.US_ASCII));
            commands.flush();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "Container has ended before the signal", e);
        }
    }

    /** Ends the process and all that it started, and waits a moment for that. */
    void kill() {
        try {
            supervisor.getOutputStream().close();
            supervisor.waitFor(KILL_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "Container has ended before it was killed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
