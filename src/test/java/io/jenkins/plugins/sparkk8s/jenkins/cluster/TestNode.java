package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import hudson.FilePath;
import hudson.model.Node;
import io.jenkins.plugins.sparkk8s.jenkins.AgentComputer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** An agent on this machine. */
final class TestNode extends Node {
    private final String name;
    private final Path root;
    private final AtomicInteger calls = new AtomicInteger();

    /** @param root null for one that is offline */
    TestNode(String name, Path root) {
        this.name = name;
        this.root = root;
    }

    int calls() {
        return calls.get();
    }

    @Override
    public String getNodeName() {
        return name;
    }

    @Override
    public String getDisplayName() {
        return name;
    }

    @Override
    public FilePath getRootPath() {
        return root == null ? null : new FilePath(root.toFile(), new AgentComputer(name), calls::incrementAndGet);
    }
}
