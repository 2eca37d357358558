package io.jenkins.plugins.sparkk8s.jenkins.stored;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.annotations.XStreamAlias;
import hudson.XmlFile;
import hudson.util.XStream2;
import java.io.File;
import java.util.Arrays;

/**
 * XML in which a class has the name of its {@link XStreamAlias} and not that of its package, so that what was written is read
 * after the class has moved. The names of classes are read, too. Thread-safe.
 */
public final class StoredXml {
    private final XStream2 xstream = new XStream2();

    /** @param types of the content, each with an alias; the classes of their fields are found */
    public StoredXml(Class<?>... types) {
        addNames(xstream, types);
    }

    /** @param file need not exist */
    public XmlFile file(File file) {
        return new XmlFile(xstream, file);
    }

    /**
     * From now on the classes, and those of their fields, are written and read by their aliases.
     *
     * @param types each has an alias; an error in the program otherwise
     */
    public static void addNames(XStream xstream, Class<?>... types) {
        Arrays.stream(types)
                .filter(type -> !type.isAnnotationPresent(XStreamAlias.class))
                .findFirst()
                .ifPresent(type -> {
                    throw new IllegalArgumentException(type + " has no alias");
                });
        xstream.processAnnotations(types);
    }
}
