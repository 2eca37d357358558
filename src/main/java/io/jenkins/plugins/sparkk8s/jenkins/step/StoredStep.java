package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.util.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Base64;

/**
 * The arguments of a step as a Pipeline keeps them while the step runs. It writes its state to a file beside the build as it is,
 * but encrypts each {@link Secret}; and any argument may be the value of a credential, as {@code withCredentials} gives it to a script.
 */
final class StoredStep implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Secret content;

    /** Null until it is asked for after a restart. */
    private transient SparkK8sSubmitStep step;

    private StoredStep(Secret content, SparkK8sSubmitStep step) {
        this.content = content;
        this.step = step;
    }

    /** @throws UncheckedIOException when a script gave an argument that cannot be stored */
    static StoredStep of(SparkK8sSubmitStep step) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(step);
        } catch (IOException e) {
            throw new UncheckedIOException("The arguments of the step cannot be stored.", e);
        }
        return new StoredStep(Secret.fromString(Base64.getEncoder().encodeToString(bytes.toByteArray())), step);
    }

    /** The arguments are read when they are asked for. */
    private Object readResolve() {
        return new StoredStep(content, null);
    }

    /** The step itself, or after a restart a copy of it. */
    synchronized SparkK8sSubmitStep step() {
        if (step == null) {
            byte[] bytes = Base64.getDecoder().decode(content.getPlainText());
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
                step = (SparkK8sSubmitStep) in.readObject();
            } catch (IOException e) {
                throw new UncheckedIOException("The arguments of the step cannot be read.", e);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("The arguments of the step are those of another version.", e);
            }
        }
        return step;
    }
}
