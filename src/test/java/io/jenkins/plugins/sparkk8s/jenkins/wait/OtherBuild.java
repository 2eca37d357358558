package io.jenkins.plugins.sparkk8s.jenkins.wait;

import hudson.console.ConsoleNote;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationKill;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.ApplicationCallback;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** A build that asks for applications that it has not submitted itself; it resumes over restarts of the controller. */
public final class OtherBuild extends Run<OtherBuild.OtherJob, OtherBuild> implements RequestingBuild {
    private final TestController controller;
    private final Run<?, ?> sameBuild;
    private final OtherJob job;
    private final Path folder;
    private Authentication authentication = ACL.SYSTEM2;

    private OtherBuild(TestController controller, String job, Run<?, ?> sameBuild, Path folder) {
        this.controller = controller;
        this.job = new OtherJob(job);
        this.sameBuild = sameBuild;
        this.folder = folder;
    }

    /** A build of a job. */
    public static OtherBuild of(TestController controller, String job, Path folder) {
        try {
            return new OtherBuild(controller, job, null, Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A later step of the controller's own build. */
    static OtherBuild sameAs(TestController controller) {
        return new OtherBuild(
                controller, "job", controller.run, controller.run.getRootDir().toPath());
    }

    /** From now on the build runs as this user. */
    OtherBuild as(Authentication user) {
        authentication = user;
        return this;
    }

    public Waiting waitFor(String application) {
        return new Waiting(new WaitArguments(application, null, null, false));
    }

    Waiting waitFor(WaitArguments arguments) {
        return new Waiting(arguments);
    }

    CompletableFuture<SparkApplicationKill> kill(String application) {
        CompletableFuture<SparkApplicationKill> done = new CompletableFuture<>();
        kill(application, done).start();
        return done;
    }

    ApplicationKill kill(String application, CompletableFuture<SparkApplicationKill> done) {
        return new ApplicationKill(
                this,
                application,
                new ApplicationKill.Callback() {
                    @Override
                    public void done(SparkApplicationKill kill) {
                        done.complete(kill);
                    }

                    @Override
                    public void failed(Throwable cause) {
                        done.completeExceptionally(cause);
                    }
                },
                controller.context());
    }

    /** As a reader of the plain console sees it. */
    public String log() {
        try {
            return Files.exists(logFile()) ? ConsoleNote.removeNotes(Files.readString(logFile())) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<SparkApplicationRun> boxes() {
        return SparkApplicationsAction.of(run()).getApplications();
    }

    @Override
    public Run<?, ?> run() {
        return sameBuild == null ? this : sameBuild;
    }

    @Override
    public TaskListener listener() throws IOException {
        OutputStream file = Files.newOutputStream(logFile(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        PrintStream stream = new PrintStream(file, true, StandardCharsets.UTF_8);
        return () -> stream;
    }

    @Override
    public Authentication authentication() {
        return authentication;
    }

    @Override
    public OtherJob getParent() {
        return job;
    }

    @Override
    public int getNumber() {
        return 2;
    }

    @Override
    public String getFullDisplayName() {
        return job.getName() + " #2";
    }

    @Override
    public File getRootDir() {
        return folder.toFile();
    }

    @Override
    public void addAction(hudson.model.Action action) {
        super.addAction(action);
        ((SparkApplicationsAction) action).onAttached(this);
    }

    private Path logFile() {
        return folder.resolve("log");
    }

    /** One wait, followed over restarts. */
    public final class Waiting implements ApplicationCallback {
        private final WaitArguments arguments;
        private final String id = java.util.UUID.randomUUID().toString();
        public CompletableFuture<ApplicationRecord> end = new CompletableFuture<>();
        ApplicationWait wait;

        private Waiting(WaitArguments arguments) {
            this.arguments = arguments;
            begun().start();
        }

        private ApplicationWait begun() {
            wait = new ApplicationWait(OtherBuild.this, arguments, id, this, controller.context());
            return wait;
        }

        public void resume() {
            end = new CompletableFuture<>();
            begun().resume();
        }

        @Override
        public void ended(ApplicationRecord application) {
            end.complete(application);
        }

        @Override
        public void failed(Throwable cause) {
            end.completeExceptionally(cause);
        }
    }

    static WaitArguments timeout(String application, Duration timeout, boolean abortKills) {
        return new WaitArguments(application, timeout, timeout.toSeconds() + "s", abortKills);
    }

    static final class OtherJob extends Job<OtherJob, OtherBuild> {
        private final String name;

        private OtherJob(String name) {
            this.name = name;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public ItemGroup<? extends Item> getParent() {
            return Jenkins.get();
        }
    }
}
