package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.security.Permission;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuth;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthConfig;
import org.jenkinsci.plugins.kubernetes.auth.impl.KubernetesAuthKubeconfig;
import org.springframework.security.core.Authentication;

/** A Jenkins for one test, with credentials at its root; who asks is an administrator until told otherwise. */
final class TestJenkins implements AutoCloseable {
    private final List<String> credentials = new ArrayList<>();
    private boolean administrator = true;

    TestJenkins() {
        Jenkins.set(new Jenkins(new ACL() {
            @Override
            public boolean hasPermission2(Authentication authentication, Permission permission) {
                return administrator;
            }
        }));
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

    private void put(StandardCredentials credential) {
        credentials.add(credential.getId());
        CredentialsProvider.put(credential.getId(), credential);
    }

    static Item job(String fullName) {
        return new TestItem(fullName);
    }

    @Override
    public void close() {
        credentials.forEach(id -> CredentialsProvider.put(id, null));
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
