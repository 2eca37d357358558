package io.jenkins.plugins.sparkk8s.jenkins.inventory;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/** In which build the record of an application that has ended is. It never changes, and holds no secret. */
@XStreamAlias("sparkEndedApplication")
final class EndedApplication implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String build;

    /** In milliseconds since 1970. */
    private final long endedAt;

    /** @param build externalizable id: the full name of the job, and the number */
    EndedApplication(String build, Instant endedAt) {
        this.build = build;
        this.endedAt = endedAt.toEpochMilli();
    }

    String build() {
        return build;
    }

    Instant endedAt() {
        return Instant.ofEpochMilli(endedAt);
    }

    /** The same when the job, or a folder around it, has another full name. */
    EndedApplication moved(String from, String to) {
        return build.startsWith(from + "#") || build.startsWith(from + "/")
                ? new EndedApplication(to + build.substring(from.length()), endedAt())
                : this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EndedApplication that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    private List<Object> fields() {
        return List.of(build, endedAt);
    }
}
