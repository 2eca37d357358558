package io.jenkins.plugins.sparkk8s.staging.hadoop;

import java.util.Objects;

/**
 * A credential and the settings that go with it. They come from the administrator who chose the credential: with settings of others, such as
 * an endpoint, it would be used on a host that it is not for.
 */
public record StorageAccess(StorageLogin login, HadoopSettings settings) {

    public StorageAccess {
        Objects.requireNonNull(login);
        Objects.requireNonNull(settings);
    }
}
