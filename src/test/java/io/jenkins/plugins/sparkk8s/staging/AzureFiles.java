package io.jenkins.plugins.sparkk8s.staging;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Files and folders of a container with a hierarchical namespace, in memory, and what requests do to them. */
final class AzureFiles {
    private static final String NAME_IS_TAKEN = "409 PathAlreadyExists";
    private static final String NOT_FOUND = "404 PathNotFound";

    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private long versions;

    /** A file, or a folder when it has no bytes. */
    private static final class Entry {
        private byte[] bytes;
        private final Map<Long, byte[]> appended = new TreeMap<>();
        private String tag;

        Entry(boolean folder) {
            bytes = folder ? null : new byte[0];
        }
    }

    AzureFiles() {
        put("", true);
    }

    /** All files by their path in the container. */
    synchronized Map<String, byte[]> files() {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().bytes != null)
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().bytes));
    }

    private void put(String path, boolean folder) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            entries.computeIfAbsent(path.substring(0, slash), above -> tagged(new Entry(true)));
        }
        entries.put(path, tagged(new Entry(folder)));
    }

    private Entry tagged(Entry entry) {
        entry.tag = "0x%X".formatted(++versions);
        return entry;
    }

    synchronized AzureAnswer answer(String path, AzureRequest request) {
        return switch (request.method()) {
            case "HEAD" -> status(path);
            case "GET" -> request.query().containsKey("resource") ? list(request) : read(path, request);
            case "PUT" ->
                request.headers().containsKey("x-ms-rename-source") ? rename(path, request) : create(path, request);
            case "PATCH" -> write(path, request);
            case "DELETE" -> delete(path);
            default -> AzureAnswer.error("400 UnsupportedHttpVerb", "No.");
        };
    }

    private static AzureAnswer absent() {
        return AzureAnswer.error(NOT_FOUND, "The specified path does not exist.");
    }

    private static String now() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    }

    private Map<String, String> properties(Entry entry) {
        return Map.of(
                "ETag",
                "\"" + entry.tag + "\"",
                "Last-Modified",
                now(),
                "x-ms-resource-type",
                entry.bytes == null ? "directory" : "file",
                "x-ms-owner",
                "$superuser",
                "x-ms-group",
                "$superuser",
                "x-ms-permissions",
                "rw-r-----",
                "Content-Length",
                String.valueOf(entry.bytes == null ? 0 : entry.bytes.length));
    }

    private AzureAnswer status(String path) {
        Entry entry = entries.get(path);
        return entry == null ? absent() : new AzureAnswer(200, properties(entry), "");
    }

    private AzureAnswer create(String path, AzureRequest request) {
        Entry there = entries.get(path);
        boolean folder = "directory".equals(request.query().get("resource"));
        String match = request.headers().getFirst("If-Match");
        if (there != null && "*".equals(request.headers().getFirst("If-None-Match"))) {
            return AzureAnswer.error(NAME_IS_TAKEN, "The specified path already exists.");
        }
        if (match != null && (there == null || !match.replace("\"", "").equals(there.tag))) {
            return AzureAnswer.error(
                    "412 ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
        }
        if (there == null || !folder) {
            put(path, folder);
        }
        return new AzureAnswer(201, Map.of("ETag", "\"" + entries.get(path).tag + "\"", "Last-Modified", now()), "");
    }

    /** Blocks come in any order. */
    private AzureAnswer write(String path, AzureRequest request) {
        Entry entry = entries.get(path);
        if (entry == null) {
            return absent();
        }
        long position = Long.parseLong(request.query().get("position"));
        if (request.query().get("action").equals("append")) {
            entry.appended.put(position, request.body());
            return AzureAnswer.of(202);
        }
        byte[] bytes = Arrays.copyOf(entry.bytes, (int) position);
        long end = entry.bytes.length;
        for (Map.Entry<Long, byte[]> block : entry.appended.entrySet()) {
            if (block.getKey() != end || end + block.getValue().length > position) {
                break;
            }
            System.arraycopy(block.getValue(), 0, bytes, (int) end, block.getValue().length);
            end += block.getValue().length;
        }
        if (end != position) {
            return AzureAnswer.error("400 InvalidFlushPosition", "The uploaded data is not contiguous.");
        }
        entry.bytes = bytes;
        entry.appended.clear();
        tagged(entry);
        return new AzureAnswer(200, Map.of("ETag", "\"" + entry.tag + "\"", "Last-Modified", now()), "");
    }

    private AzureAnswer read(String path, AzureRequest request) {
        Entry entry = entries.get(path);
        if (entry == null || entry.bytes == null) {
            return absent();
        }
        String range = request.headers().getFirst("x-ms-range");
        String[] ends = Objects.toString(range == null ? request.headers().getFirst("Range") : range, "bytes=0-")
                .replace("bytes=", "")
                .split("-", -1);
        int from = Integer.parseInt(ends[0]);
        int to = ends[1].isEmpty() ? entry.bytes.length : Math.min(entry.bytes.length, Integer.parseInt(ends[1]) + 1);
        String text = new String(Arrays.copyOfRange(entry.bytes, from, to), StandardCharsets.UTF_8);
        Map<String, String> headers = new TreeMap<>(properties(entry));
        headers.put("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, entry.bytes.length));
        headers.remove("Content-Length");
        return new AzureAnswer(206, headers, text);
    }

    private AzureAnswer list(AzureRequest request) {
        String folder = request.query()
                .getOrDefault("directory", "")
                .replaceAll("^/?(.+)$", "/$1")
                .replaceAll("/$", "");
        Entry there = entries.get(folder);
        if (there == null) {
            return absent();
        }
        boolean recursive = Boolean.parseBoolean(request.query().get("recursive"));
        List<String> found = new ArrayList<>();
        entries.forEach((path, entry) -> {
            String below = path.startsWith(folder + "/") ? path.substring(folder.length() + 1) : "";
            if (!below.isEmpty() && (recursive || below.indexOf('/') < 0)) {
                found.add("""
                        {"name":"%s","contentLength":"%d","isDirectory":"%s","lastModified":"%s","etag":"%s",\
                        "owner":"o","group":"g","permissions":"rw-r-----"}""".formatted(
                                path.substring(1),
                                entry.bytes == null ? 0 : entry.bytes.length,
                                entry.bytes == null,
                                now(),
                                entry.tag));
            }
        });
        return new AzureAnswer(
                200, Map.of("Content-Type", "application/json"), "{\"paths\":[%s]}".formatted(String.join(",", found)));
    }

    private AzureAnswer rename(String target, AzureRequest request) {
        String source = URLDecoder.decode(
                        request.headers().getFirst("x-ms-rename-source").replaceAll("\\?.*", ""),
                        StandardCharsets.UTF_8)
                .replaceFirst("^/uploads", "");
        Entry entry = entries.get(source);
        if (entry == null) {
            return AzureAnswer.error(
                    "404 SourcePathNotFound", "The source path for a rename operation does not exist.");
        }
        if (entries.containsKey(target) && "*".equals(request.headers().getFirst("If-None-Match"))) {
            return AzureAnswer.error(NAME_IS_TAKEN, "The specified path already exists.");
        }
        String above = target.substring(0, target.lastIndexOf('/'));
        if (!entries.containsKey(above)) {
            return AzureAnswer.error("404 RenameDestinationParentPathNotFound", "The parent directory does not exist.");
        }
        Map<String, Entry> moved = new TreeMap<>(entries.subMap(source, true, source + "/\uffff", true));
        moved.keySet().removeIf(path -> !path.equals(source) && !path.startsWith(source + "/"));
        moved.forEach((path, one) -> {
            entries.remove(path);
            entries.put(target + path.substring(source.length()), one);
        });
        return new AzureAnswer(201, Map.of("ETag", "\"" + entry.tag + "\"", "Last-Modified", now()), "");
    }

    private AzureAnswer delete(String path) {
        if (!entries.containsKey(path)) {
            return absent();
        }
        entries.keySet().removeIf(one -> one.equals(path) || one.startsWith(path + "/"));
        return AzureAnswer.of(200);
    }
}
