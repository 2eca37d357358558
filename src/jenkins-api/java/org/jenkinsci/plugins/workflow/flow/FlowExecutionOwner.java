package org.jenkinsci.plugins.workflow.flow;

import java.io.Serializable;

public abstract class FlowExecutionOwner implements Serializable {
    public FlowExecution getOrNull() {
        return null;
    }

    public interface Executable {
        FlowExecutionOwner asFlowExecutionOwner();
    }
}
