package hudson;

import com.thoughtworks.xstream.XStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

public final class XmlFile {
    private final File file;

    public XmlFile(File file) {
        this.file = file;
    }

    public XmlFile(XStream xs, File file) {
        this(file);
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
        Path fresh = file.toPath().resolveSibling(file.getName() + "-atomic");
        Files.createDirectories(fresh.getParent());
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(fresh))) {
            out.writeObject(o);
        }
        Files.move(fresh, file.toPath(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
