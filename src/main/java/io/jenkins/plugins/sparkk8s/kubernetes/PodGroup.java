package io.jenkins.plugins.sparkk8s.kubernetes;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Map;
import java.util.TreeMap;

/**
 * A PodGroup of Volcano: pods that its scheduler places together, or not at all. Only the parts that every object has are
 * typed; the rest is what a template says.
 */
@Group(PodGroup.API_GROUP)
@Version(PodGroup.API_VERSION)
@Kind("PodGroup")
@Plural("podgroups")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonDeserialize(using = JsonDeserializer.None.class)
@JsonPropertyOrder({"apiVersion", "kind", "metadata", "spec"})
public final class PodGroup implements HasMetadata, Namespaced {
    static final String API_GROUP = "scheduling.volcano.sh";
    static final String API_VERSION = "v1beta1";
    private static final long serialVersionUID = 1L;

    private String apiVersion = API_GROUP + "/" + API_VERSION;
    private String kind = "PodGroup";
    private ObjectMeta metadata = new ObjectMeta();
    private TreeMap<String, Object> spec = new TreeMap<>();
    private final TreeMap<String, Object> others = new TreeMap<>();

    @Override
    public String getApiVersion() {
        return apiVersion;
    }

    @Override
    public void setApiVersion(String version) {
        this.apiVersion = version;
    }

    @Override
    public String getKind() {
        return kind;
    }

    public void setKind(String kind) {
        this.kind = kind;
    }

    @Override
    public ObjectMeta getMetadata() {
        return metadata;
    }

    @Override
    public void setMetadata(ObjectMeta metadata) {
        this.metadata = metadata == null ? new ObjectMeta() : metadata;
    }

    /** Never null. */
    public Map<String, Object> getSpec() {
        return spec;
    }

    public void setSpec(Map<String, Object> spec) {
        this.spec = spec == null ? new TreeMap<>() : new TreeMap<>(spec);
    }

    /** Fields beside those above, such as a status in a template. */
    @JsonAnyGetter
    public Map<String, Object> getOthers() {
        return others;
    }

    @JsonAnySetter
    public void setOther(String name, Object value) {
        others.put(name, value);
    }
}
