package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.time.Clock;

/**
 * The parts of one server that outlive a pause: what is stored and who is known.
 *
 * @param store the objects
 * @param resources what there are objects of
 * @param registry reads and writes
 * @param deletions deletes
 * @param watchers the open watches
 * @param tokens who is who
 * @param access who may do what
 * @param kubelets the way to the nodes
 * @param clock the time of the server
 * @param version the Kubernetes that the server passes for
 */
record ApiServerParts(
        Store store,
        ResourceCatalog resources,
        Registry registry,
        Deletions deletions,
        Watchers watchers,
        Tokens tokens,
        AccessRules access,
        KubeletClient kubelets,
        Clock clock,
        KubernetesVersion version) {

    static ApiServerParts create(int historyLimit, Clock clock, KubernetesVersion version) {
        Store store = new Store(historyLimit);
        Registry registry = new Registry(store, clock, version);
        return new ApiServerParts(
                store,
                new ResourceCatalog(store),
                registry,
                new Deletions(store, registry, clock),
                new Watchers(store),
                new Tokens(store, clock),
                new AccessRules(),
                new KubeletClient(),
                clock,
                version);
    }
}
