package io.jenkins.plugins.sparkk8s.conf;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How one secret value can look in a text: as it is, line by line, escaped, or inside the base64 of something larger. */
final class SecretForms {
    /** Shorter lines of a longer value say little, and turn up everywhere. */
    private static final int SHORTEST_LINE = 8;

    private static final int SHORTEST_BASE64 = 8;
    private static final int BITS_OF_BASE64 = 6;

    /** Where base64 is broken into lines: by MIME and the command base64, and by PEM. */
    private static final List<Integer> BASE64_LINES = List.of(76, 64);

    private static final Pattern ESCAPED_IN_PROPERTIES = Pattern.compile("[:=#!\\\\]");
    private static final Pattern PERCENT = Pattern.compile("%[0-9A-F]{2}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

    private SecretForms() {}

    static Set<String> of(String value) {
        Set<String> forms = new LinkedHashSet<>();
        addPlain(value, forms);
        addPlain(value.strip(), forms);
        String inProperties = inProperties(value);
        forms.add(inProperties);
        forms.add(inJson(inProperties));
        addBase64(value, forms);
        addBase64(value.strip(), forms);
        addBase64(inProperties, forms);
        return forms;
    }

    private static void addPlain(String value, Set<String> forms) {
        forms.add(value);
        value.lines()
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_LINE)
                .forEach(forms::add);
        addWithoutControls(value, forms);
        forms.add(inJson(value));
        forms.add(escaped(inJson(value)));
        forms.add(inXml(value));
        addUrlEncoded(value, forms);
    }

    /** As texts look once they have been made fit to be shown in a line. */
    private static void addWithoutControls(String value, Set<String> forms) {
        if (CONTROL.matcher(value).find()) {
            forms.add(CONTROL.matcher(value).replaceAll("?"));
            forms.add(CONTROL.matcher(value).replaceAll(""));
            forms.add(CONTROLS.matcher(value).replaceAll(" ").strip());
        }
    }

    private static String inProperties(String text) {
        return escapedBreaks(ESCAPED_IN_PROPERTIES.matcher(text).replaceAll("\\\\$0"));
    }

    private static String inJson(String text) {
        return escapedBreaks(text.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    private static String escapedBreaks(String text) {
        return text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(unit -> escaped.append(unit < 0x7f ? String.valueOf((char) unit) : "\\u%04x".formatted(unit)));
        return escaped.toString();
    }

    private static String inXml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Forms and query strings write a blank as a plus; all else follows RFC 3986, with digits in either case. */
    private static void addUrlEncoded(String value, Set<String> forms) {
        String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
        String path = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
        for (String encoded : List.of(form, path)) {
            forms.add(encoded);
            forms.add(PERCENT.matcher(encoded).replaceAll(code -> code.group().toLowerCase(Locale.ROOT)));
        }
    }

    /** What a value contributes to the base64 of a text around it depends on its place modulo three; see RFC 4648. */
    private static void addBase64(String value, Set<String> forms) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String encoded = Base64.getEncoder().encodeToString(shifted);
            int own = (before * Byte.SIZE + BITS_OF_BASE64 - 1) / BITS_OF_BASE64;
            int end = shifted.length * Byte.SIZE / BITS_OF_BASE64;
            if (end - own >= SHORTEST_BASE64) {
                String part = encoded.substring(own, end);
                forms.add(part);
                forms.add(part.replace('+', '-').replace('/', '_'));
            }
        }
        addWholeBase64(Base64.getEncoder().encodeToString(bytes), forms);
    }

    private static void addWholeBase64(String encoded, Set<String> forms) {
        if (encoded.length() >= SHORTEST_BASE64) {
            forms.add(encoded);
        }
        for (int length : BASE64_LINES) {
            for (int from = 0; from < encoded.length() && encoded.length() > length; from += length) {
                String line = encoded.substring(from, Math.min(encoded.length(), from + length));
                if (line.length() >= SHORTEST_BASE64) {
                    forms.add(line);
                }
            }
        }
    }
}
