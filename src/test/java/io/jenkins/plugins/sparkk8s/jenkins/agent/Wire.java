package io.jenkins.plugins.sparkk8s.jenkins.agent;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.Set;
import java.util.TreeSet;

/** A channel between controller and agent: only text and bytes get through, and it notes which classes came along. */
final class Wire {
    private final Set<String> classes = new TreeSet<>();

    <T> T send(T object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new Receiver(new ByteArrayInputStream(bytes.toByteArray()))) {
            @SuppressWarnings("unchecked")
            T received = (T) in.readObject();
            return received;
        }
    }

    /** All classes but the plugin's own, which Jenkins lets pass. */
    Set<String> foreignClasses() {
        Set<String> maskUntrusted = new TreeSet<>(classes);
        maskUntrusted.removeIf(name -> name.startsWith("io.jenkins.plugins.sparkk8s."));
        return maskUntrusted;
    }

    private final class Receiver extends ObjectInputStream {
        Receiver(InputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            classes.add(description.getName());
            return super.resolveClass(description);
        }
    }
}
