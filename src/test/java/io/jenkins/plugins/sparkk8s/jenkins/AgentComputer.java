package io.jenkins.plugins.sparkk8s.jenkins;

import hudson.model.Computer;

/** The computer of an agent, of which nothing but the name is known. */
public final class AgentComputer extends Computer {
    private final String name;

    /** @param name empty for the built-in node */
    public AgentComputer(String name) {
        this.name = name;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getDisplayName() {
        return name;
    }
}
