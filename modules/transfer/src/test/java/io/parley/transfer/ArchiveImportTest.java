package io.parley.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.transfer.archive.ArchiveLimits;
import io.parley.transfer.archive.ArchiveTooLargeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveImportTest {
    private static final String LINE = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}\n";

    private static final String PREFIX =
            "parley-import-" + ProcessHandle.current().pid() + "-";

    private final ImportFixture fixture = new ImportFixture();
    private long temporaryFiles;

    @BeforeEach
    void count() {
        temporaryFiles = temporaryFiles();
    }

    @AfterEach
    void close() {
        assertThat(temporaryFiles()).isEqualTo(temporaryFiles);
        fixture.close();
    }

    @Test
    void readsJsonAndLinesInAllFolders() {
        var report = load(zip(Map.of("a/b/one.JSON", LINE, "two.jsonl", LINE + "{}\n" + LINE)), ImportFixture.LIMITS);

        assertThat(report.imported()).isEqualTo(3);
        assertThat(report.failed())
                .containsExactly(new LineRemark(
                        2, "two.jsonl", "is not a conversation in a format that is known here, nor a task"));
    }

    @Test
    void namesArchivesInArchivesAndFilesWithoutConversations() {
        var files = new LinkedHashMap<String, String>();
        files.put("inner.zip", "PK");
        files.put("users.json", "[{\"uuid\":\"1\"},{\"uuid\":\"2\"}]");
        files.put("empty.json", "");
        files.put("list.json", "[]");

        var report = load(zip(files), ImportFixture.LIMITS);

        assertThat(report.failed()).isEmpty();
        assertThat(report.notes())
                .extracting(LineRemark::file)
                .containsExactly("inner.zip", "users.json", "empty.json", "list.json");
        assertThat(report.notes().get(0).detail()).isEqualTo("was not read: it is an archive in an archive");
    }

    @Test
    void reportsAFileThatIsNotJson() {
        var report = load(zip(Map.of("conversations.json", "{\"title\": broken")), ImportFixture.LIMITS);

        assertThat(report.failed()).singleElement().extracting(LineRemark::file).isEqualTo("conversations.json");
    }

    @Test
    void takesAnEmptyArchive() {
        assertThat(load(zip(Map.of()), ImportFixture.LIMITS).imported()).isZero();
    }

    @Test
    void givesLinesOfSeveralFilesDifferentIds() {
        assertThat(load(zip(Map.of("1.jsonl", LINE, "2.jsonl", LINE)), ImportFixture.LIMITS)
                        .imported())
                .isEqualTo(2);
    }

    @Test
    void importsNothingBeyondTheLimits() {
        var files = zip(Map.of("1.jsonl", LINE, "2.jsonl", LINE + " ".repeat(2000)));

        refused(files, new ArchiveLimits(2000, 10, 2000));
        refused(files, new ArchiveLimits(100_000, 1, 2000));
        refused(files, new ArchiveLimits(100_000, 10, 10));
        refused(files, new ArchiveLimits(100, 10, 2000));
        assertThat(load(files, new ArchiveLimits(3000, 2, 100)).imported()).isEqualTo(2);
    }

    @Test
    void doesNotCountWhatIsNotRead() {
        var files = zip(Map.of("1.jsonl", LINE, "picture.png", "0".repeat(100_000)));

        assertThat(load(files, new ArchiveLimits(1000, 10, 20)).imported()).isEqualTo(1);
    }

    // Both places that say how large a file is are wrong: that before it and that in the directory.
    @Test
    void doesNotTrustTheSizesInTheArchive() {
        var files = zip(Map.of("1.jsonl", " ".repeat(100_000)));
        var lying = replaceInts(files, 100_000, 10);

        assertThat(lying).isNotEqualTo(files);
        assertThatThrownBy(() -> load(lying, new ArchiveLimits(10_000, 10, 2000)))
                .isInstanceOfAny(ArchiveTooLargeException.class, Problem.class);
        assertThat(fixture.modules.published).isEmpty();
    }

    @Test
    void refusesADirectoryThatDoesNotFitIntoMemory() {
        var files = zip(Map.of("1.jsonl", LINE));
        var lying = files.clone();
        int end = lying.length - 22;
        lying[end + 15] = 0x7f;

        refused(lying, ImportFixture.LIMITS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PK", "PK\3\4 and nothing else", "PK\5\6"})
    void refusesWhatOnlyBeginsLikeAnArchive(String bytes) {
        invalid(() -> load(bytes.getBytes(UTF_8), ImportFixture.LIMITS));
    }

    @Test
    void refusesAnArchiveThatIsCutOffOrDamagedWithoutImportingAnything() {
        var files = new LinkedHashMap<String, String>();
        files.put("1.jsonl", LINE);
        files.put("2.jsonl", LINE.repeat(500));
        var whole = zip(files);

        invalid(() -> load(Arrays.copyOf(whole, whole.length - 30), ImportFixture.LIMITS));
        var damaged = whole.clone();
        for (int at = 110; at < 130; at++) damaged[at] = (byte) (damaged[at] ^ 0x55);
        invalid(() -> load(damaged, ImportFixture.LIMITS));

        assertThat(fixture.modules.published).isEmpty();
    }

    private void refused(byte[] archive, ArchiveLimits limits) {
        assertThatThrownBy(() -> load(archive, limits)).isInstanceOf(ArchiveTooLargeException.class);
        assertThat(fixture.modules.published).isEmpty();
    }

    private static void invalid(ThrowingCallable load) {
        assertThatThrownBy(load)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.INVALID));
    }

    private ImportReport load(byte[] archive, ArchiveLimits limits) {
        return fixture.load(archive, limits);
    }

    private static byte[] zip(Map<String, String> files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(UTF_8));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    private static byte[] replaceInts(byte[] bytes, int old, int replacement) {
        var replaced = bytes.clone();
        for (int at = 0; at + 4 <= replaced.length; at++) {
            if (intAt(replaced, at) != old) continue;
            for (int place = 0; place < 4; place++) replaced[at + place] = (byte) (replacement >> (8 * place));
        }
        return replaced;
    }

    private static int intAt(byte[] bytes, int at) {
        int number = 0;
        for (int place = 3; place >= 0; place--) number = (number << 8) | (bytes[at + place] & 0xff);
        return number;
    }

    private static long temporaryFiles() {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
