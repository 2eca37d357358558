package io.jenkins.plugins.sparkk8s.preflight;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.storage.StorageClass;

/** The kinds of objects that a pod can ask for and that must exist already. */
enum ObjectKind {
    SERVICE_ACCOUNT(ServiceAccount.class, true, "Create it with 'kubectl create serviceaccount %s -n %s'"),
    SECRET(Secret.class, true, "Create it with 'kubectl create secret generic %s -n %s' and the data it is to hold"),
    /** A pod starts without it, and with luck the image can be pulled all the same. */
    PULL_SECRET(Secret.class, true, "Create it with 'kubectl create secret docker-registry %s -n %s'"),
    CONFIG_MAP(ConfigMap.class, true, "Create it with 'kubectl create configmap %s -n %s' and the data it is to hold"),
    CLAIM(PersistentVolumeClaim.class, true, "Create it, or have it made with the claim name OnDemand"),
    STORAGE_CLASS(StorageClass.class, false, "Choose one of 'kubectl get storageclasses'"),
    PRIORITY_CLASS(PriorityClass.class, false, "Choose one of 'kubectl get priorityclasses'");

    private final Class<? extends HasMetadata> type;
    private final boolean namespaced;
    private final String remedy;

    ObjectKind(Class<? extends HasMetadata> type, boolean namespaced, String remedy) {
        this.type = type;
        this.namespaced = namespaced;
        this.remedy = remedy;
    }

    Class<? extends HasMetadata> type() {
        return type;
    }

    boolean isNamespaced() {
        return namespaced;
    }

    /** What helps when there is none of that name; a clause without a full stop. */
    String remedy(String name, String namespace) {
        return remedy.formatted(name, namespace);
    }

    /** The kind's name in the API. */
    String kind() {
        return HasMetadata.getKind(type);
    }
}
