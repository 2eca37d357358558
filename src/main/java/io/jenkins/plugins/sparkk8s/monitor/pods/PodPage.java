package io.jenkins.plugins.sparkk8s.monitor.pods;

import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * Reads one page of a list of pods, and of each pod only what the monitoring needs: a pod of Spark is mostly volumes, environment
 * and managed fields, and a namespace has tens of thousands. {@link ReducedPods} leaves as much of a pod that came as an event.
 */
final class PodPage {
    private static final ObjectReader READER = JsonMapper.builder()
            .addMixIn(ObjectMeta.class, Metadata.class)
            .addMixIn(PodSpec.class, Spec.class)
            .addMixIn(Container.class, SpecContainer.class)
            .addMixIn(PodStatus.class, Status.class)
            .addMixIn(PodCondition.class, Condition.class)
            .addMixIn(ContainerStatus.class, StatusOfContainer.class)
            .build()
            .readerFor(PodList.class);

    private final byte[] body;

    /** @param body JSON of a PodList */
    PodPage(byte[] body) {
        this.body = body;
    }

    @JsonIncludeProperties({
        "name",
        "namespace",
        "uid",
        "resourceVersion",
        "creationTimestamp",
        "deletionTimestamp",
        "deletionGracePeriodSeconds",
        "labels"
    })
    private interface Metadata {}

    @JsonIncludeProperties({"nodeName", "restartPolicy", "containers"})
    private interface Spec {}

    @JsonIncludeProperties({"name", "args"})
    private interface SpecContainer {}

    @JsonIncludeProperties({"phase", "reason", "message", "conditions", "containerStatuses", "initContainerStatuses"})
    private interface Status {}

    @JsonIncludeProperties({"type", "status", "reason", "message", "lastTransitionTime"})
    private interface Condition {}

    @JsonIncludeProperties({"name", "state", "lastState", "restartCount"})
    private interface StatusOfContainer {}

    /**
     * What the request for the next page continues with, found without reading the pods: an API server writes it before them.
     *
     * @return null when there is no next page
     */
    String next() {
        try (JsonParser parser = READER.getFactory().createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                if (field.equals("metadata")) {
                    return next(parser);
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String next(JsonParser metadata) throws IOException {
        while (metadata.nextToken() == JsonToken.FIELD_NAME) {
            String field = metadata.currentName();
            metadata.nextToken();
            if (field.equals("continue")) {
                String next = metadata.getValueAsString();
                return next == null || next.isEmpty() ? null : next;
            }
            metadata.skipChildren();
        }
        return null;
    }

    /** @return the version of the list, and its pods as {@link ReducedPods#reduced} leaves them */
    PodSource.Listed read() {
        try {
            PodList list = READER.readValue(body);
            for (Pod pod : list.getItems()) {
                if (pod.getSpec() != null) {
                    pod.getSpec().getContainers().forEach(ReducedPods::withFirstArgument);
                }
            }
            return new PodSource.Listed(list.getItems(), list.getMetadata().getResourceVersion(), Duration.ZERO);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
