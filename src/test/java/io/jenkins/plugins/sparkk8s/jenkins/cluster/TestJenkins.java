package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.AbstractIdCredentialsListBoxModel;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.UsernamePasswordCredentials;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Label;
import hudson.model.Node;
import hudson.security.ACL;
import hudson.security.Permission;
import hudson.util.Secret;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuth;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthConfig;
import org.jenkinsci.plugins.kubernetes.auth.impl.KubernetesAuthKubeconfig;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.springframework.security.core.Authentication;

/** A Jenkins for one test, with credentials at its root; a request comes from an administrator unless the test sets another user. */
final class TestJenkins implements AutoCloseable {
    private final List<String> credentials = new ArrayList<>();
    private boolean administrator = true;

    TestJenkins() {
        Jenkins.set(new JenkinsWithNodes(new ACL() {
            @Override
            public boolean hasPermission2(Authentication authentication, Permission permission) {
                return administrator;
            }
        }));
    }

    void node(Node node, String label) {
        ((JenkinsWithNodes) Jenkins.get()).nodes.put(node, label);
    }

    private static final class JenkinsWithNodes extends Jenkins {
        private final Map<Node, String> nodes = new LinkedHashMap<>();

        JenkinsWithNodes(ACL acl) {
            super(acl);
        }

        @Override
        public Node getNode(String name) {
            return nodes.keySet().stream()
                    .filter(node -> node.getNodeName().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Label getLabel(String expr) {
            return new Label() {
                @Override
                public Set<Node> getNodes() {
                    Set<Node> labelled = new LinkedHashSet<>(nodes.keySet());
                    labelled.removeIf(node -> !expr.equals(nodes.get(node)));
                    return labelled;
                }

                @Override
                public String getDisplayName() {
                    return expr;
                }
            };
        }
    }

    void isAnonymous() {
        administrator = false;
    }

    <T> T with(Class<T> type, T extension) {
        ExtensionList.lookup(type).clear();
        ExtensionList.lookup(type).add(extension);
        return extension;
    }

    void credential(String id, UnaryOperator<ConfigBuilder> decoration) {
        put(new AuthCredential(id, decoration));
    }

    void token(String id, String token) {
        credential(id, builder -> builder.withOauthToken(token));
    }

    void kubeconfig(String id, String text) {
        put(new KubeconfigCredential(id, text));
    }

    void keys(String id, String accessKey, String secretKey) {
        put(new KeyPair(id, accessKey, Secret.fromString(secretKey)));
    }

    void text(String id, String text) {
        put(new SecretText(id, Secret.fromString(text)));
    }

    void file(String id, byte[] content) {
        put(new SecretFile(id, content));
    }

    /** Is found when a list of credentials is filled. */
    void offer(String id) {
        AbstractIdCredentialsListBoxModel.FOUND.add(CredentialsProvider.findCredentialByIdInItemGroup(
                id, IdCredentials.class, Jenkins.get(), null, List.of()));
    }

    void put(StandardCredentials credential) {
        credentials.add(credential.getId());
        CredentialsProvider.put(credential.getId(), credential);
    }

    static Item job(String fullName) {
        return new TestItem(fullName);
    }

    @Override
    public void close() {
        credentials.forEach(id -> CredentialsProvider.put(id, null));
        AbstractIdCredentialsListBoxModel.FOUND.clear();
        CredentialsProvider.tracked().clear();
        ExtensionList.lookup(ClusterConnections.class).clear();
        Jenkins.set(null);
    }

    private record AuthCredential(String getId, UnaryOperator<ConfigBuilder> decoration)
            implements StandardCredentials, KubernetesAuth {
        @Override
        public String getDescription() {
            return getId;
        }

        @Override
        public ConfigBuilder decorate(ConfigBuilder builder, KubernetesAuthConfig config) {
            return decoration.apply(builder);
        }
    }

    private record KeyPair(String getId, String getUsername, Secret getPassword)
            implements StandardCredentials, UsernamePasswordCredentials {
        @Override
        public String getDescription() {
            return getId;
        }
    }

    private record SecretText(String getId, Secret getSecret) implements StringCredentials {
        @Override
        public String getDescription() {
            return getId;
        }
    }

    private record SecretFile(String getId, byte[] content) implements FileCredentials {
        @Override
        public String getDescription() {
            return getId;
        }

        @Override
        public String getFileName() {
            return getId;
        }

        @Override
        public InputStream getContent() {
            return new ByteArrayInputStream(content);
        }
    }

    private static final class KubeconfigCredential extends KubernetesAuthKubeconfig implements StandardCredentials {
        private final String id;

        KubeconfigCredential(String id, String text) {
            super(text);
            this.id = id;
        }

        @Override
        public String getId() {
            return id;
        }

        @Override
        public String getDescription() {
            return id;
        }
    }

    private record TestItem(String getFullName) implements Item {
        @Override
        public String getName() {
            return getFullName.replaceFirst(".*/", "");
        }

        @Override
        public String getDisplayName() {
            return getName();
        }

        @Override
        public ItemGroup<? extends Item> getParent() {
            return Jenkins.get();
        }

        @Override
        public ACL getACL() {
            return Jenkins.get().getACL();
        }

        @Override
        public File getRootDir() {
            throw new UnsupportedOperationException("needs Jenkins");
        }

        @Override
        public void save() {}
    }
}
