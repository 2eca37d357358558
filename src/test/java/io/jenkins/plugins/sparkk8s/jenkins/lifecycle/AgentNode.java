package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.FilePath;
import hudson.model.Node;

/** The agent that a workspace is on. */
final class AgentNode extends Node {
    private final FilePath root;

    AgentNode(FilePath root) {
        this.root = root;
    }

    @Override
    public String getNodeName() {
        return root.toComputer().getName();
    }

    @Override
    public String getDisplayName() {
        return getNodeName();
    }

    @Override
    public FilePath getRootPath() {
        return root;
    }
}
