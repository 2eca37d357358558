package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.queue.ApplicationQueue;
import io.jenkins.plugins.sparkk8s.jenkins.queue.QueuedUse;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.QueuePlace;
import io.jenkins.plugins.sparkk8s.jenkins.threads.ApplicationWork;
import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An application that waits until its cluster takes one more: what is reported meanwhile, and what follows. Holds no thread. */
final class QueuedApplication implements ApplicationQueue.Waiter {
    private static final Logger LOGGER = Logger.getLogger(QueuedApplication.class.getName());

    private final OwnedApplication application;
    private final LifecycleContext context;
    private final ApplicationWork work;
    private final ApplicationWork.Task next;

    /** @param next follows when it need not wait any longer */
    QueuedApplication(
            OwnedApplication application, LifecycleContext context, ApplicationWork work, ApplicationWork.Task next) {
        this.application = application;
        this.context = context;
        this.work = work;
        this.next = next;
    }

    /** Returns at once. */
    void await() throws IOException, InterruptedException {
        ApplicationQueue queue = context.queue();
        Optional<QueuePlace> place = queue.place(application.id());
        if (place.isPresent()) {
            report("queued at " + place.get());
        }
        record().setQueueSource(() -> queue.place(application.id()).orElse(null));
        queue.await(application.id(), new QueuedUse(record().cluster(), job()), this);
    }

    private String job() throws IOException, InterruptedException {
        return application.run().getParent().getFullName();
    }

    @Override
    public void admitted() {
        work.begin(context.threads().start(), () -> {
            if (!context.isShuttingDown()) {
                leaveQueue();
                next.run();
            }
        });
    }

    /** The list of open applications first: by it the next controller knows who is in the queue. */
    private void leaveQueue() throws IOException, InterruptedException {
        Duration time = Duration.between(record().startTime(), Instant.now());
        context.open().put(application.run(), record());
        record().leftQueue(time);
        SparkApplicationsAction.of(application.run()).save(record());
        report("left the queue of the Spark cluster %s after %s"
                .formatted(record().cluster(), Durations.format(time.isNegative() ? Duration.ZERO : time)));
    }

    @Override
    public void moved(QueuePlace place) {
        ApplicationWork.follow(context.threads().checkpoint(), () -> {
            try {
                if (record().isQueued()) {
                    report("queued at " + place);
                }
            } catch (IOException e) {
                LOGGER.log(Level.FINE, e, () -> "The build of application " + application.id() + " has ended");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void report(String text) throws IOException, InterruptedException {
        application.attachment().log().line("[spark] " + text);
    }

    private ApplicationRecord record() {
        return application.record();
    }
}
