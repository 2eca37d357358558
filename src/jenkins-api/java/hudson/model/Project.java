package hudson.model;

import hudson.tasks.Builder;
import java.util.List;

public abstract class Project<P extends Project<P, B>, B extends Build<P, B>> extends AbstractProject<P, B> {
    public List<Builder> getBuilders() {
        return List.of();
    }
}
