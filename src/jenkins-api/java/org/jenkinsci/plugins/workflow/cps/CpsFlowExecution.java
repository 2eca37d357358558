package org.jenkinsci.plugins.workflow.cps;

import org.jenkinsci.plugins.workflow.flow.FlowExecution;

public class CpsFlowExecution extends FlowExecution {
    private final String script;

    /** For tests. */
    public CpsFlowExecution(String script) {
        this.script = script;
    }

    public String getScript() {
        return script;
    }
}
