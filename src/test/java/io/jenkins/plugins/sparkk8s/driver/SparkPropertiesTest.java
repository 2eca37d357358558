package io.jenkins.plugins.sparkk8s.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The properties file is written as Java writes one, which is what Spark does. */
class SparkPropertiesTest {
    private static final String CHARACTERS = " \t\n\r\f\\=:#!ab.0\"'\u00e4\u2028\u0000\u007f";

    @Test
    void writesAsJavaDoesAndIsReadAsItWas() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            Map<String, String> one = Map.of(text(random) + "k", text(random));

            String written = SparkProperties.text("map", new TreeMap<>(one));

            assertThat(written.substring(written.indexOf('\n') + 1)).isEqualTo(ofJava(one));
            Properties read = new Properties();
            read.load(new StringReader(written));
            assertThat(read).isEqualTo(one);
        }
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(6), 0, CHARACTERS.length())
                .mapToObj(at -> CHARACTERS.substring(at, at + 1))
                .collect(Collectors.joining());
    }

    /** Without the date in its first line. */
    private static String ofJava(Map<String, String> properties) throws IOException {
        Properties all = new Properties();
        all.putAll(properties);
        StringWriter text = new StringWriter();
        all.store(text, null);
        String lines = text.toString().replace(System.lineSeparator(), "\n");
        return lines.substring(lines.indexOf('\n') + 1);
    }
}
