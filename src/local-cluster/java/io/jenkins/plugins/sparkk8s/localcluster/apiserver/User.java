package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.util.List;

/**
 * Who sent a request.
 *
 * @param name such as {@code system:serviceaccount:spark:default}
 * @param groups the groups it is in
 */
record User(String name, List<String> groups) {

    static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    static User anonymous() {
        return new User("system:anonymous", List.of("system:unauthenticated"));
    }

    static User admin() {
        return new User("kubernetes-admin", List.of("system:masters", "system:authenticated"));
    }

    static User serviceAccount(String namespace, String name) {
        return new User(
                SERVICE_ACCOUNT + namespace + ":" + name,
                List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated"));
    }

    boolean isAdmin() {
        return groups.contains("system:masters");
    }

    /** The namespace of a service account, empty for any other user. */
    String ownNamespace() {
        return name.startsWith(SERVICE_ACCOUNT)
                ? name.substring(SERVICE_ACCOUNT.length()).split(":", 2)[0]
                : "";
    }
}
