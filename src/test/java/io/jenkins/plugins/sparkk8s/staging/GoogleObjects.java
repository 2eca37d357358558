package io.jenkins.plugins.sparkk8s.staging;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The objects of one bucket, in memory, and what requests do to them. */
final class GoogleObjects {
    private static final String OBJECTS = "/storage/v1/b/%s/o".formatted(GoogleServer.BUCKET);
    private static final String MOVE = "/moveTo/o/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TreeMap<String, Stored> objects = new TreeMap<>();
    private final Map<String, Session> sessions = new HashMap<>();
    private long generations;

    private record Stored(byte[] bytes, long generation, Instant at) {}

    /** A write in parts. */
    private record Session(String name, String expected, ByteArrayOutputStream bytes) {}

    /** All but those that stand for folders, by name. */
    synchronized Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        objects.forEach((name, object) -> {
            if (!name.endsWith("/")) {
                files.put(name, object.bytes());
            }
        });
        return files;
    }

    synchronized GoogleAnswer answer(GoogleRequest request) throws IOException {
        String path = request.path();
        if (path.equals("/upload" + OBJECTS)) {
            return upload(request);
        }
        if (path.startsWith("/download" + OBJECTS + "/")) {
            return read(unescaped(path.substring(("/download" + OBJECTS + "/").length())), request);
        }
        if (path.equals(OBJECTS)) {
            return list(request.query());
        }
        if (path.contains(MOVE)) {
            String[] names = path.substring(OBJECTS.length() + 1).split(MOVE);
            return move(unescaped(names[0]), unescaped(names[1]), request.query());
        }
        return path.startsWith(OBJECTS + "/")
                ? one(unescaped(path.substring(OBJECTS.length() + 1)), request)
                : GoogleAnswer.error(404, "notFound", "The specified bucket does not exist.");
    }

    private static String unescaped(String name) {
        return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static GoogleAnswer absent(String name) {
        return GoogleAnswer.error(404, "notFound", "No such object: " + GoogleServer.BUCKET + "/" + name);
    }

    private GoogleAnswer one(String name, GoogleRequest request) {
        Stored object = objects.get(name);
        if (object == null) {
            return absent(name);
        }
        if (!request.method().equals("DELETE")) {
            return GoogleAnswer.json(described(name, object).toString());
        }
        if (!matches(name, request.query().get("ifGenerationMatch"))) {
            return changed();
        }
        objects.remove(name);
        return new GoogleAnswer(204, Map.of(), new byte[0]);
    }

    /** @param expected generation; 0 for none there; null for any */
    private boolean matches(String name, String expected) {
        Stored object = objects.get(name);
        return expected == null || Long.parseLong(expected) == (object == null ? 0 : object.generation());
    }

    private static GoogleAnswer changed() {
        return GoogleAnswer.error(
                412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
    }

    private static ObjectNode described(String name, Stored object) {
        return JSON.createObjectNode()
                .put("kind", "storage#object")
                .put("id", GoogleServer.BUCKET + "/" + name + "/" + object.generation())
                .put("name", name)
                .put("bucket", GoogleServer.BUCKET)
                .put("generation", String.valueOf(object.generation()))
                .put("metageneration", "1")
                .put("contentType", "application/octet-stream")
                .put("storageClass", "STANDARD")
                .put("size", String.valueOf(object.bytes().length))
                .put("timeCreated", object.at().toString())
                .put("updated", object.at().toString());
    }

    private GoogleAnswer store(String name, String expected, byte[] bytes) {
        if (!matches(name, expected)) {
            return changed();
        }
        Stored object = new Stored(bytes, ++generations, Instant.now());
        objects.put(name, object);
        return GoogleAnswer.json(described(name, object).toString());
    }

    private GoogleAnswer upload(GoogleRequest request) throws IOException {
        Map<String, String> query = request.query();
        if (query.containsKey("upload_id")) {
            return append(request);
        }
        if (query.get("uploadType").equals("multipart")) {
            String[] parts = request.parts();
            String name = JSON.readTree(content(parts[0])).get("name").asText();
            return store(name, query.get("ifGenerationMatch"), content(parts[1]).getBytes(StandardCharsets.ISO_8859_1));
        }
        String name = query.containsKey("name")
                ? query.get("name")
                : JSON.readTree(request.body()).get("name").asText();
        String id = "session-" + sessions.size();
        sessions.put(id, new Session(name, query.get("ifGenerationMatch"), new ByteArrayOutputStream()));
        return new GoogleAnswer(
                200,
                Map.of(
                        "Location",
                        "https://%s/upload%s?uploadType=resumable&upload_id=%s"
                                .formatted(GoogleServer.HOST, OBJECTS, id)),
                new byte[0]);
    }

    private static String content(String part) {
        return part.split("\r\n\r\n", 2)[1];
    }

    /** What is already there is skipped, as the range says. */
    private GoogleAnswer append(GoogleRequest request) {
        Session session = sessions.get(request.query().get("upload_id"));
        String[] range =
                request.headers().get("content-range").replace("bytes ", "").split("/");
        if (!range[0].equals("*")) {
            int begin = Integer.parseInt(range[0].split("-")[0]);
            int known = session.bytes().size() - begin;
            if (known < 0) {
                return GoogleAnswer.error(400, "invalid", "Bytes are missing before these.");
            }
            session.bytes()
                    .writeBytes(Arrays.copyOfRange(
                            request.body(), Math.min(known, request.body().length), request.body().length));
        }
        int size = session.bytes().size();
        if (!range[1].equals("*") && Integer.parseInt(range[1]) == size) {
            return store(session.name(), session.expected(), session.bytes().toByteArray());
        }
        return new GoogleAnswer(308, size == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (size - 1)), new byte[0]);
    }

    private GoogleAnswer read(String name, GoogleRequest request) {
        Stored object = objects.get(name);
        if (object == null || !matches(name, request.query().get("generation"))) {
            return absent(name);
        }
        byte[] bytes = object.bytes();
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/octet-stream");
        headers.put("x-goog-generation", String.valueOf(object.generation()));
        String range = request.headers().get("range");
        if (range == null) {
            return new GoogleAnswer(200, headers, bytes);
        }
        String[] ends = range.replace("bytes=", "").split("-");
        int begin = Integer.parseInt(ends[0]);
        int end = ends.length == 1 ? bytes.length - 1 : Math.min(bytes.length - 1, Integer.parseInt(ends[1]));
        if (begin > end) {
            return GoogleAnswer.error(416, "requestedRangeNotSatisfiable", "There is nothing in that range.");
        }
        headers.put("Content-Range", "bytes %d-%d/%d".formatted(begin, end, bytes.length));
        return new GoogleAnswer(206, headers, Arrays.copyOfRange(bytes, begin, end + 1));
    }

    private GoogleAnswer move(String from, String to, Map<String, String> query) {
        Stored object = objects.get(from);
        if (object == null) {
            return absent(from);
        }
        if (!matches(from, query.get("ifSourceGenerationMatch")) || !matches(to, query.get("ifGenerationMatch"))) {
            return changed();
        }
        objects.remove(from);
        return store(to, null, object.bytes());
    }

    /** In pages, of which the token is the last name that was shown. */
    private GoogleAnswer list(Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        String delimiter = query.getOrDefault("delimiter", "");
        int most = Integer.parseInt(query.getOrDefault("maxResults", "1000"));
        boolean showsFolders = Boolean.parseBoolean(query.get("includeTrailingDelimiter"));
        ObjectNode answer = JSON.createObjectNode().put("kind", "storage#objects");
        ArrayNode items = JSON.createArrayNode();
        TreeSet<String> prefixes = new TreeSet<>();
        String last = query.get("pageToken");
        for (String name : last == null
                ? objects.tailMap(prefix).keySet()
                : objects.tailMap(last, false).keySet()) {
            if (!name.startsWith(prefix)) {
                break;
            }
            if (items.size() + prefixes.size() >= most) {
                answer.put("nextPageToken", last);
                break;
            }
            last = name;
            int end = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
            if (end >= 0) {
                prefixes.add(name.substring(0, end + 1));
            }
            if (end < 0 || showsFolders && end == name.length() - 1) {
                items.add(described(name, objects.get(name)));
            }
        }
        answer.set("items", items);
        prefixes.forEach(answer.withArray("prefixes")::add);
        return GoogleAnswer.json(answer.toString());
    }
}
