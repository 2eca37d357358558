package io.jenkins.plugins.sparkk8s.jenkins.logfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.jenkins.build.TestRun;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import jakarta.servlet.ServletOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.springframework.security.access.AccessDeniedException;

/** What a browser gets of the logs that are kept. */
class LogDownloadsTest {
    @TempDir
    Path build;

    private final Map<String, String> headers = new TreeMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int error;
    private LogFolder folder;

    @BeforeEach
    void open() throws IOException {
        folder = new LogFolder(build.resolve("spark-logs").resolve("a"));
        Files.createDirectories(folder.path());
        Files.writeString(build.resolve("build.xml"), "secret");
        write(folder.driverPart(0), "<script>alert(1)</script>\n");
        write(folder.executor(12), "twelve\n");
        write(folder.executor(3), "three\n");
    }

    private static void write(Path file, String text) throws IOException {
        Files.write(
                file,
                LogMember.of(text.getBytes(StandardCharsets.UTF_8), LogCursor.beginning())
                        .bytes());
    }

    private String get(String path) throws IOException {
        new LogDownloads(folder).doDynamic(request(path), response());
        return body.toString(StandardCharsets.UTF_8);
    }

    private static StaplerRequest2 request(String path) {
        return (StaplerRequest2) Proxy.newProxyInstance(
                LogDownloadsTest.class.getClassLoader(),
                new Class<?>[] {StaplerRequest2.class},
                (proxy, method, args) -> path);
    }

    private StaplerResponse2 response() {
        return new StaplerResponse2() {
            @Override
            public void sendError(int sc) {
                error = sc;
            }

            @Override
            public void setHeader(String name, String value) {
                headers.put(name, value);
            }

            @Override
            public ServletOutputStream getOutputStream() {
                return new ServletOutputStream() {
                    @Override
                    public void write(int octet) {
                        body.write(octet);
                    }
                };
            }

            @Override
            public void setContentType(String type) {
                headers.put("Content-Type", type);
            }
        };
    }

    @Test
    void showsWhatAPodHasWrittenAsTextAndAsNothingElse() throws IOException {
        assertThat(get("/driver.log")).isEqualTo("<script>alert(1)</script>\n");

        assertThat(headers)
                .containsEntry("Content-Type", "text/plain;charset=UTF-8")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Content-Security-Policy", "sandbox; default-src 'none'")
                .containsEntry("Content-Disposition", "inline; filename=\"driver.log\"");
    }

    @Test
    void givesTheFileAsItIsKept() throws IOException {
        get("/executor-12.log.gz");

        assertThat(new GZIPInputStream(new ByteArrayInputStream(body.toByteArray())).readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("twelve\n");
        assertThat(headers).containsEntry("Content-Disposition", "attachment; filename=\"executor-12.log.gz\"");
    }

    @Test
    void leavesOutTheMemberThatIsBeingWritten() throws IOException {
        byte[] whole = Files.readAllBytes(folder.driverPart(0));
        byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
        Files.write(folder.driverPart(0), half, java.nio.file.StandardOpenOption.APPEND);

        assertThat(get("/driver.log")).isEqualTo("<script>alert(1)</script>\n");
    }

    /** What follows can be read, and reading continues behind it after a restart. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 11, 16, 17, 18, 19, 36, 40, 60})
    void saysWhereAPartIsDamagedAndGivesTheRest(int damaged) throws IOException {
        LogCursor last = new LogCursor(Instant.parse("2026-01-01T00:00:00Z"), 1);
        Path file = folder.driverPart(0);
        byte[] first = member("first\n", LogCursor.beginning());
        byte[] second = member("second, which is longer\n", LogCursor.beginning());
        byte[] third = member("third\n", last);
        second[damaged] ^= 0x55;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] member : List.of(first, second, third)) {
            all.writeBytes(member);
        }
        Files.write(file, all.toByteArray());

        String note = "[spark] A part of this log cannot be read: its file is damaged here.\n";
        assertThat(get("/driver.log")).isEqualTo("first\n" + note + "third\n");
        body.reset();
        get("/driver.log.gz");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(body.toByteArray())).readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("first\n" + note + "third\n");
        assertThat(LogFolder.end(file)).isEqualTo(new LogFolder.End(all.size(), last));
    }

    private static byte[] member(String text, LogCursor reached) {
        return LogMember.of(text.getBytes(StandardCharsets.UTF_8), reached).bytes();
    }

    @Test
    void saysWhereAPartIsLeftOut() throws IOException {
        write(folder.driverPart(5), "end\n");

        assertThat(get("/driver.log").lines())
                .hasSize(3)
                .endsWith("end")
                .anyMatch(line -> line.startsWith("[spark] A part of the driver's log is left out here"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/executor-4.log",
                "/../build.xml",
                "/..%2fbuild.xml",
                "/driver.log/../../../build.xml",
                "/driver.000005.log",
                "/DRIVER.LOG",
                "/executor-3.log.new"
            })
    void nothingElseIsFound(String path) throws IOException {
        assertThat(get(path)).isEmpty();

        assertThat(error).isEqualTo(404);
    }

    @Test
    void listsTheDriverFirstAndExecutorsByNumber() {
        assertThat(folder.names()).containsExactly("driver.log", "executor-3.log", "executor-12.log");
    }

    @Test
    void isForThoseWhoMaySeeTheBuild() {
        TestRun run = new TestRun();
        run.readable = false;

        assertThatThrownBy(() -> run.action().getTarget()).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void anUnknownApplicationHasNone() {
        assertThat(new TestRun().action().getLogs("../other")).isNull();
    }
}
