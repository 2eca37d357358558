package com.cloudbees.jenkins.plugins.awscredentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;

/** What is used of the interface of the AWS Credentials plugin; its key is of the SDK. */
public interface AmazonWebServicesCredentials extends StandardCredentials {
    Object resolveCredentials();

    /** As of {@code AwsSessionCredentials}. */
    record Temporary(String accessKeyId, String secretAccessKey, String sessionToken) {}

    /** As of {@code AwsBasicCredentials}. */
    record Permanent(String accessKeyId, String secretAccessKey) {}
}
