/**
 * The local cluster's API server: Kubernetes' rules for objects, lists, watches, deletion and access, in this JVM.
 *
 * <p>{@link io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer} is the way in. A request goes from
 * {@code HttpFront} (listener) and {@code ApiHandler} (faults) to {@code RequestRouter} (who asks, may they), and from
 * there to the part that answers: {@code ResourceRequests} over {@code Registry} and {@code Deletions}, all on
 * {@code Store}. {@code Watchers} and {@code GarbageCollector} listen to the store, each on one thread of its own.
 *
 * <p>Left out on purpose: scheduling, binding of volumes, endpoints and the kubelet (clients of this server do those),
 * field ownership of server-side apply, quotas, and whatever else admission would add to a pod, so that objects can be
 * compared with what was sent.
 */
package io.jenkins.plugins.sparkk8s.localcluster.apiserver;
