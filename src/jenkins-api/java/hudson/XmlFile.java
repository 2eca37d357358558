package hudson;

import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;

public final class XmlFile {
    private final File file;

    public XmlFile(File file) {
        this.file = file;
    }

    public boolean exists() {
        return file.exists();
    }

    public Object read() throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file.toPath()))) {
            return in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    public void write(Object o) throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file.toPath()))) {
            out.writeObject(o);
        }
    }
}
