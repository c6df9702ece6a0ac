package io.parley.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.files.FileNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "report.pdf; report.pdf",
                "../../etc/passwd; passwd",
                "C:\\temp\\a.txt; a.txt",
                "Grüße an 東京.png; Grüße an 東京.png",
                "gpj\u202eexe.txt; gpjexe.txt",
                "a\u0000b\u0007c; abc",
                "what?*<is>:this\".txt; whatisthis.txt",
                "...; file",
                "/; file",
                "' a .'; a",
                ".bashrc; .bashrc"
            })
    void areCleaned(String name, String clean) {
        assertThat(FileNames.clean(name)).isEqualTo(clean);
    }

    @Test
    void keepTheirExtensionWhenTheyAreCut() {
        assertThat(FileNames.clean("\ud834\udd1e".repeat(300) + ".png")).isEqualTo("\ud834\udd1e".repeat(251) + ".png");
    }
}
