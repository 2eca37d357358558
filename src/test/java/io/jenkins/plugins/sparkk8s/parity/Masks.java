package io.jenkins.plugins.sparkk8s.parity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Replaces in a text what two submissions of the same application do not share: generated ids, the API server's port,
 * its token, and the place of uploaded files, which are replaced by their content.
 */
final class Masks {
    private record Mask(Pattern pattern, String replacement) {}

    private static final List<Mask> GENERATED = List.of(
            new Mask(Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "<uuid>"),
            new Mask(Pattern.compile("spark-[0-9a-f]{32}"), "<application id>"),
            new Mask(Pattern.compile("(?<![0-9a-z])[0-9a-fx][0-9a-f]{15}(?![0-9a-z])"), "<id>"),
            new Mask(Pattern.compile("127\\.0\\.0\\.1:\\d+"), "<api server>"));

    private final Path uploads;
    private final String token;
    private final Pattern uploaded;

    /** @param token of the API server's administrator */
    Masks(Path uploads, String token) {
        this.uploads = uploads;
        this.token = token;
        this.uploaded = Pattern.compile(
                "(" + Pattern.quote(uploads.toString()) + ")(/(?:[^,#]*/)?)spark-upload-[^/,#]+/([^,#]+)");
    }

    String apply(String text) {
        String masked = text.replace(token, "<token>");
        masked = uploaded.matcher(masked).replaceAll(match -> {
            String content = content(match.group());
            return Matcher.quoteReplacement("<uploads>" + match.group(2) + match.group(3) + "=" + content);
        });
        masked = masked.replace(uploads.toString(), "<uploads>");
        for (Mask mask : GENERATED) {
            masked = mask.pattern().matcher(masked).replaceAll(mask.replacement());
        }
        return masked;
    }

    private static String content(String file) {
        Path path = Path.of(file.replaceAll("/+", "/"));
        if (!Files.exists(path)) {
            path = Path.of(URLDecoder.decode(file.replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        try {
            if (!Files.exists(path)) {
                return "missing";
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (Stream<Path> files = Files.walk(path)) {
                for (Path part : files.sorted().toList()) {
                    digest.update(path.relativize(part).toString().getBytes(StandardCharsets.UTF_8));
                    if (Files.isRegularFile(part)) {
                        digest.update(Files.readAllBytes(part));
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
