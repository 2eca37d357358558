package io.jenkins.plugins.sparkk8s.submission;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What a submission must remove again when it fails. One object for each submission; notes may come from
 * several threads, the roll-back itself runs on one after them.
 *
 * <p>An object is noted down before it is created: when the answer gets lost, it may be there or not.
 */
final class Rollback {
    private static final Logger LOGGER = Logger.getLogger(Rollback.class.getName());

    private final ClusterObjects objects;
    private final SubmissionHandle handle;
    private final SubmissionListener listener;
    private final Map<ObjectReference, HasMetadata> expected = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Set<ObjectReference> certain = ConcurrentHashMap.newKeySet();

    Rollback(ClusterObjects objects, SubmissionHandle handle, SubmissionListener listener) {
        this.objects = objects;
        this.handle = handle;
        this.listener = listener;
    }

    /** The object may be there from now on. */
    void expect(HasMetadata object) {
        expected.put(ObjectReference.to(object), object);
    }

    /** The object is there, and was made by us. */
    void created(HasMetadata object) {
        expect(object);
        certain.add(ObjectReference.to(object));
    }

    /** The object is not there, or not ours. */
    void forget(HasMetadata object) {
        expected.remove(ObjectReference.to(object));
        certain.remove(ObjectReference.to(object));
    }

    /**
     * Removes the driver pod first, so that nothing starts any more, and then the others.
     *
     * @return what may still be there
     */
    List<ObjectReference> run() {
        List<ObjectReference> leftBehind = new ArrayList<>();
        List<ObjectReference> lastFirst = new ArrayList<>(expected.keySet());
        Collections.reverse(lastFirst);
        boolean unreachable = false;
        for (ObjectReference reference : lastFirst) {
            Optional<ClusterException> failure =
                    unreachable ? Optional.of(new ClusterException("not tried")) : remove(reference);
            if (failure.isPresent()) {
                unreachable = failure.get().code() == 0;
                leftBehind.add(reference);
                notify(() -> listener.leftBehind(reference));
            }
        }
        return leftBehind;
    }

    private Optional<ClusterException> remove(ObjectReference reference) {
        HasMetadata object = expected.get(reference);
        try {
            if (certain.contains(reference) || existsAndIsOurs(object)) {
                objects.delete(object);
                notify(() -> listener.removed(reference));
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Could not remove " + reference + " again");
            return Optional.of(e instanceof ClusterException s ? s : new ClusterException(e.toString()));
        }
    }

    private boolean existsAndIsOurs(HasMetadata object) {
        return objects.get(object)
                .filter(there -> ClusterObjects.belongsTo(there, handle.applicationId()))
                .isPresent();
    }

    /** A listener that fails must not keep the other objects from being removed. */
    private static void notify(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "The listener of a submission failed", e);
        }
    }
}
