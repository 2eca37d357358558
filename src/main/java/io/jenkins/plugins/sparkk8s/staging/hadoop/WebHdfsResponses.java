package io.jenkins.plugins.sparkk8s.staging.hadoop;

import org.apache.hadoop.shaded.javax.ws.rs.core.Application;
import org.apache.hadoop.shaded.javax.ws.rs.core.Link;
import org.apache.hadoop.shaded.javax.ws.rs.core.MediaType;
import org.apache.hadoop.shaded.javax.ws.rs.core.Response;
import org.apache.hadoop.shaded.javax.ws.rs.core.UriBuilder;
import org.apache.hadoop.shaded.javax.ws.rs.core.Variant;
import org.apache.hadoop.shaded.javax.ws.rs.ext.RuntimeDelegate;

/**
 * The part of JAX-RS that Hadoop's WebHDFS client needs to read the content type of a response. Its {@code
 * hadoop-client-runtime} has the interfaces of JAX-RS and no implementation, and without one every WebHDFS request fails.
 */
final class WebHdfsResponses extends RuntimeDelegate {
    private static final String NOT_NEEDED = "Hadoop's client reads media types only";

    private WebHdfsResponses() {}

    /** Does nothing where JAX-RS has an implementation. */
    static void makeReadable() {
        Installed.check();
    }

    /** Initialised once in the life of the process, as Hadoop's own reference is. */
    private static final class Installed {
        static {
            try {
                getInstance();
            } catch (RuntimeException | LinkageError e) {
                // There is none, which is why this class exists.
                setInstance(new WebHdfsResponses());
            }
        }

        private Installed() {}

        static void check() {
            // The work is done when this class is initialised.
        }
    }

    @Override
    public <T> HeaderDelegate<T> createHeaderDelegate(Class<T> type) {
        if (type != MediaType.class) {
            throw new UnsupportedOperationException(NOT_NEEDED);
        }
        @SuppressWarnings("unchecked")
        HeaderDelegate<T> mediaTypes = (HeaderDelegate<T>) new MediaTypes();
        return mediaTypes;
    }

    private static final class MediaTypes implements HeaderDelegate<MediaType> {
        @Override
        public MediaType fromString(String header) {
            String[] type = header.split(";", 2)[0].strip().split("/", 2);
            if (type.length < 2) {
                throw new IllegalArgumentException("'" + header + "' is no content type");
            }
            return new MediaType(type[0], type[1]);
        }

        @Override
        public String toString(MediaType type) {
            return type.getType() + "/" + type.getSubtype();
        }
    }

    @Override
    public UriBuilder createUriBuilder() {
        throw new UnsupportedOperationException(NOT_NEEDED);
    }

    @Override
    public Response.ResponseBuilder createResponseBuilder() {
        throw new UnsupportedOperationException(NOT_NEEDED);
    }

    @Override
    public Variant.VariantListBuilder createVariantListBuilder() {
        throw new UnsupportedOperationException(NOT_NEEDED);
    }

    @Override
    public <T> T createEndpoint(Application application, Class<T> type) {
        throw new UnsupportedOperationException(NOT_NEEDED);
    }

    @Override
    public Link.Builder createLinkBuilder() {
        throw new UnsupportedOperationException(NOT_NEEDED);
    }
}
