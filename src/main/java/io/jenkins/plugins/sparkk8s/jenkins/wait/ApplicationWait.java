package io.jenkins.plugins.sparkk8s.jenkins.wait;

import hudson.model.Item;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.failure.Failures;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.ApplicationCallback;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.ApplicationLifecycle;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.Followers;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.LifecycleContext;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.threads.ApplicationWork;
import io.jenkins.plugins.sparkk8s.jenkins.threads.TaskSequence;
import io.jenkins.plugins.sparkk8s.jenkins.threads.WorkPool.Lane;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A build that waits for an application which another step, or another build, has submitted.
 *
 * <p>It decides nothing about the application: that is for the owner of its record. It shows the application in its own build, and
 * ends when the record has ended. After a restart it continues from what is kept with the build.
 *
 * <p>Public methods return at once. What is done is done by one task at a time, each of which first looks whether the wait is over;
 * the build receives its end once.
 */
public final class ApplicationWait implements ApplicationRequest, Followers.Follower {
    /** How long the last lines of the driver's log are waited for when the record has ended. */
    private static final Duration LOG_TIMEOUT = Duration.ofSeconds(20);

    /** How long an abort waits for a task that does not stop. */
    private static final Duration ABORT_TIMEOUT = Duration.ofSeconds(10);

    private final RequestingBuild build;
    private final WaitArguments arguments;
    private final ApplicationCallback callback;
    private final LifecycleContext context;
    private final AwaitedApplication awaited;
    private final AtomicBoolean reported = new AtomicBoolean();

    private final AtomicBoolean isCheckQueued = new AtomicBoolean();
    private final TaskSequence tasks = new TaskSequence();
    private volatile boolean over;

    // Used by one task after the other.
    private final WaitDeadline deadline;
    private boolean isEndScheduled;

    /** @param id of the wait; unique, also beyond this build, and the same after a restart */
    public ApplicationWait(
            RequestingBuild build,
            WaitArguments arguments,
            String id,
            ApplicationCallback callback,
            LifecycleContext context) {
        this.build = build;
        this.arguments = arguments;
        this.callback = callback;
        this.context = context;
        this.awaited = new AwaitedApplication(build, id, context);
        this.deadline = new WaitDeadline(arguments, context.threads(), this::abort);
    }

    @Override
    public void start() {
        context.followers().add(this);
        execute(context.threads().start(), this::begin);
    }

    @Override
    public void resume() {
        context.followers().add(this);
        execute(context.threads().start(), this::resumeFromCopy);
    }

    /** Ends the wait; the application keeps running unless the arguments say that it is to be stopped. */
    @Override
    public void abort(Throwable cause) {
        if (context.isShuttingDown()) {
            return;
        }
        Duration timeToLeave = over ? Duration.ZERO : ABORT_TIMEOUT;
        over = true;
        execute(context.threads().start(), () -> leave(cause));
        context.threads()
                .later(
                        () -> ApplicationWork.follow(
                                context.threads().start(), () -> report(() -> callback.failed(cause))),
                        timeToLeave);
    }

    @Override
    public String status() {
        return awaited.status();
    }

    @Override
    public String record() {
        RequestedApplication known = awaited.application();
        return known == null ? null : known.record().id();
    }

    @Override
    public void changed() {
        RequestedApplication known = awaited.application();
        if (known != null && isCheckQueued.compareAndSet(false, true)) {
            execute(context.threads().submission(known.record().cluster(), null), () -> {
                isCheckQueued.set(false);
                check();
            });
        }
    }

    @Override
    public void detach() {
        awaited.detach();
    }

    @Override
    public void buildEnded(Run<?, ?> run) {
        ApplicationRecord known = awaited.copy();
        if (known != null && SparkApplicationsAction.find(run, known.id()).isPresent()) {
            abort(new SparkApplicationException(Kind.ABORTED, "The build ended before the application."));
        }
    }

    private interface Task {
        void run() throws Exception;
    }

    private void execute(Lane lane, Task task) {
        tasks.execute(lane, () -> perform(task));
    }

    private void perform(Task task) {
        if (context.isShuttingDown()) {
            return;
        }
        try {
            task.run();
        } catch (Exception | Error e) {
            // A build that waits must be notified of it, whatever it was; but the shutdown itself is no failure.
            if (!context.isShuttingDown()) {
                fail(Failures.of(e, awaited.mask()));
            }
        }
    }

    private void begin() throws Exception {
        if (over) {
            return;
        }
        RequestedApplication found = find(Item.READ);
        if (arguments.abortKills()) {
            find(Item.CANCEL);
        }
        awaited.begin(found);
        follow("[spark] waiting for application %s of %s"
                .formatted(applicationId(), found.run().getFullDisplayName()));
    }

    private RequestedApplication find(Permission permission) throws Exception {
        return new ApplicationLookup(context.index())
                .find(arguments.application(), new Requester(build.run(), build.authentication()), permission);
    }

    private void resumeFromCopy() throws Exception {
        if (!awaited.findCopy()) {
            begin();
        } else if (awaited.copy().hasEnded()) {
            over = true;
            finish(this::reportResult);
        } else if (awaited.findRecord()) {
            follow("[spark] the controller has restarted; still waiting for application %s".formatted(applicationId()));
        } else {
            throw ApplicationLookup.discarded(
                    applicationId(), awaited.copy().awaited().buildName());
        }
    }

    /** @param first what is logged before all else */
    private void follow(String first) {
        if (over) {
            return;
        }
        deadline.start(awaited.copy().awaited().start(), applicationId());
        execute(context.threads().submission(awaited.copy().cluster(), null), () -> {
            awaited.line(first);
            check();
        });
    }

    /** Does what the record asks for; may come at any time, and more than once. */
    private void check() throws Exception {
        if (over) {
            return;
        }
        RequestedApplication application = awaited.application();
        if (application.record().hasEnded()) {
            endWhenShown();
            return;
        }
        ApplicationLifecycle.resumeDeleted(
                application.run(), application.record().id(), context);
        if (awaited.mayBeWatched()) {
            awaited.watch(this::changed);
        }
    }

    /** The last lines of the driver may still be on their way. */
    private void endWhenShown() throws IOException, InterruptedException {
        if (awaited.isShown()) {
            end();
        } else if (!isEndScheduled) {
            isEndScheduled = true;
            Lane lane = context.threads().end(awaited.copy().cluster(), null);
            context.threads().later(() -> execute(lane, this::end), LOG_TIMEOUT);
        }
    }

    private void end() throws IOException, InterruptedException {
        if (over) {
            return;
        }
        over = true;
        awaited.end();
        finish(this::reportResult);
    }

    private void reportResult() {
        ApplicationRecord copy = awaited.copy();
        if (SparkApplicationRun.of(copy).isSuccess()) {
            callback.ended(copy);
        } else {
            callback.failed(Failures.of(SparkApplicationRun.of(copy)));
        }
    }

    private void leave(Throwable cause) throws Exception {
        try {
            awaited.leave();
            if (isKnown() && !awaited.application().record().hasEnded()) {
                awaited.line("[spark] no longer waiting for application %s, which %s"
                        .formatted(
                                applicationId(),
                                arguments.abortKills() ? "is stopped, as abortKills is true" : "keeps running"));
                if (arguments.abortKills()) {
                    RequestedApplication stopped = awaited.application();
                    ApplicationLifecycle.abort(
                            stopped.run(),
                            stopped.record().id(),
                            ApplicationKill.reason("sparkK8sWait", build.run()),
                            context);
                }
            }
        } finally {
            fail(cause);
        }
    }

    /** An abort may come before anything else, also after a restart. */
    private boolean isKnown() throws Exception {
        if (awaited.application() == null && !(awaited.findCopy() && awaited.findRecord()) && arguments.abortKills()) {
            awaited.use(find(Item.CANCEL));
        }
        return awaited.application() != null;
    }

    private void fail(Throwable cause) {
        over = true;
        awaited.stop();
        finish(() -> callback.failed(cause));
    }

    private void finish(Runnable end) {
        context.followers().remove(this);
        deadline.cancel();
        report(end);
    }

    private void report(Runnable end) {
        if (reported.compareAndSet(false, true)) {
            end.run();
        }
    }

    private String applicationId() {
        ApplicationRecord copy = awaited.copy();
        return (copy == null ? awaited.application().record() : copy).identity().applicationId();
    }
}
