package hudson.model;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

public interface TaskListener extends SerializableOnlyOverRemoting {
    PrintStream getLogger();

    default PrintWriter error(String message) {
        getLogger().println("ERROR: " + message);
        return new PrintWriter(getLogger(), true);
    }

    default void hyperlink(String url, String text) throws IOException {
        getLogger().print(text);
    }
}
