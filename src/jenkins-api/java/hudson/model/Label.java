package hudson.model;

import java.util.Set;

public abstract class Label extends Actionable {
    public Set<Node> getNodes() {
        return Set.of();
    }
}
