package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.XmlFile;
import hudson.console.ConsoleNote;
import hudson.model.Item;
import hudson.model.Node;
import hudson.security.ACL;
import hudson.security.Permission;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** What a controller leaves on its disk, and the next one finds; the folder is that of its one build, too. */
public record TestHome(Path folder, Map<String, Item> items) {

    /** A home in which all builds seem to have been discarded, as Jenkins finds no job; see {@link #items}. */
    TestHome(Path folder) {
        this(folder, new ConcurrentHashMap<>());
    }

    /**
     * A Jenkins with this home, in which all is permitted.
     *
     * @param nodes by their names; null for none of that name
     */
    Jenkins jenkins(Function<String, Node> nodes) {
        return new Jenkins(new Everything()) {
            @Override
            public Node getNode(String name) {
                return nodes.apply(name);
            }

            @Override
            public File getRootDir() {
                return folder.toFile();
            }

            @Override
            public Item getItemByFullName(String fullName) {
                return items.get(fullName);
            }
        };
    }

    public Path logFile() {
        return folder.resolve("log");
    }

    /** As a reader of the plain console sees it. */
    public String log() {
        return ConsoleNote.removeNotes(text(logFile(), StandardCharsets.UTF_8));
    }

    /** The files that a crash leaves of the applications that are not done. */
    public String openApplications() {
        File[] files = folder.resolve("spark-applications").toFile().listFiles();
        StringBuilder all = new StringBuilder();
        for (File file : files == null ? new File[0] : files) {
            all.append(file.getName()).append(text(file.toPath(), StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    private static String text(Path file, Charset charset) {
        try {
            return Files.readString(file, charset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the next controller would read beside the build. */
    public List<ApplicationRecord> savedRecords() {
        List<ApplicationRecord> records = new ArrayList<>();
        for (File file : files(".record.xml")) {
            try {
                records.add((ApplicationRecord) new XmlFile(file).read());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return records;
    }

    /** Files that a next controller would resume from. */
    public List<File> checkpoints() {
        return files(".checkpoint");
    }

    private List<File> files(String suffix) {
        return List.of(folder.toFile().listFiles((parent, name) -> name.endsWith(suffix)));
    }

    public static final class Everything extends ACL {
        @Override
        public boolean hasPermission2(Authentication authentication, Permission permission) {
            return true;
        }
    }
}
