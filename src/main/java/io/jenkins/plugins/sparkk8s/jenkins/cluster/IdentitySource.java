package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import hudson.AbortException;
import hudson.model.Run;

/**
 * Where the identity for a cluster comes from. It may be asked again and again: tokens expire, credentials are renewed.
 */
interface IdentitySource {

    /**
     * Reads the identity again.
     *
     * @param run the build on whose behalf, for the record of the credential's uses; null for none
     * @throws AbortException when there is none that can be used; a sentence without secrets
     */
    Identity read(Run<?, ?> run) throws AbortException;
}
