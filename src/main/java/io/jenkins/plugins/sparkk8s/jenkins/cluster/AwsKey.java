package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import com.cloudbees.plugins.credentials.Credentials;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.AccessKey;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Access keys of the AWS Credentials plugin, which need not be installed. This plugin has another copy of the AWS SDK than that one, so
 * its objects are asked by the names of their methods.
 */
final class AwsKey {
    private static final String TYPE = "com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials";

    private AwsKey() {}

    static boolean is(Credentials credentials) {
        return interfaces(credentials.getClass())
                .anyMatch(type -> type.getName().equals(TYPE));
    }

    private static Stream<Class<?>> interfaces(Class<?> type) {
        return type == null
                ? Stream.empty()
                : Stream.concat(
                        Arrays.stream(type.getInterfaces())
                                .flatMap(own -> Stream.concat(Stream.of(own), interfaces(own))),
                        interfaces(type.getSuperclass()));
    }

    /**
     * Asks AWS for a temporary key when the credential names a role.
     *
     * @throws IOException when there is none; a sentence without its subject
     */
    static AccessKey of(Credentials credentials) throws IOException {
        try {
            Object key = call(credentials, "resolveCredentials");
            return new AccessKey(
                    (String) call(key, "accessKeyId"),
                    (String) call(key, "secretAccessKey"),
                    has(key, "sessionToken") ? (String) call(key, "sessionToken") : null);
        } catch (InvocationTargetException e) {
            // The text of what AWS answered may have more in it than a log should.
            throw new IOException(
                    "gives no access key (%s)".formatted(e.getCause().getClass().getSimpleName()), e);
        } catch (ReflectiveOperationException e) {
            throw new IOException("is of a version of the AWS Credentials plugin that is not known here", e);
        }
    }

    private static boolean has(Object object, String method) {
        return Arrays.stream(object.getClass().getMethods())
                .anyMatch(own -> own.getName().equals(method) && own.getParameterCount() == 0);
    }

    private static Object call(Object object, String method) throws ReflectiveOperationException {
        return object.getClass().getMethod(method).invoke(object);
    }
}
