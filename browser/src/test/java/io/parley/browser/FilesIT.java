package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Files that come in and go out. */
@ExtendWith(AppExtension.class)
class FilesIT {
    @Test
    void areUploadedDownloadedDeletedAndRestored(Visitor ada) throws Exception {
        ada.registered();
        ada.page.navigate("/settings");
        assertThat(ada.page.getByText("No files yet.")).isVisible();
        ada.page.getByLabel("Upload file").setInputFiles(file("ferns.txt", "text/plain", "Ferns need shade."));
        assertThat(ada.page.getByText("The file was uploaded.")).isVisible();
        assertThat(list(ada, "Files")).containsText("ferns.txt");
        assertThat(list(ada, "Files")).containsText("17 bytes");

        var saved =
                ada.page.waitForDownload(() -> ada.button("Download ferns.txt").click());
        Assertions.assertThat(saved.suggestedFilename()).isEqualTo("ferns.txt");
        Assertions.assertThat(Files.readString(saved.path())).isEqualTo("Ferns need shade.");

        ada.button("Delete ferns.txt").press("Enter");
        assertThat(ada.page.getByText("No files yet.")).isVisible();
        ada.button("Undo").click();
        assertThat(ada.button("Delete ferns.txt")).isVisible();
        ada.button("Delete ferns.txt").click();
        ada.role(AriaRole.LINK, "Trash").click();
        assertThat(list(ada, "Trash")).containsText("File");
        ada.button("Restore ferns.txt").click();
        assertThat(ada.page.getByText("The trash is empty.")).isVisible();
        ada.page.navigate("/settings");
        assertThat(list(ada, "Files")).containsText("ferns.txt");
    }

    @Test
    void areTakenWhileTheListIsStillBeingLoaded(Visitor ada) {
        ada.registered();
        var first = new AtomicReference<Route>();
        ada.page.route("**/api/v1/files?*", route -> {
            if (!first.compareAndSet(null, route)) route.resume();
        });
        ada.page.navigate("/settings");
        ada.page.getByLabel("Upload file").setInputFiles(file("ferns.txt", "text/plain", "Ferns"));
        assertThat(ada.button("Delete ferns.txt")).isVisible();
        assertThat(ada.page.getByText("The file was uploaded.")).isVisible();
        Assertions.assertThat(first).doesNotHaveNullValue();
    }

    @Test
    void areImportedWithAReport(Visitor ada) {
        ada.registered();
        ada.page.navigate("/settings");
        var lines = "{\"title\":\"Ferns\",\"messages\":[{\"role\":\"user\",\"content\":\"Shade?\"}]}\n{\"title\":7}\n";
        ada.page.getByLabel("Import file").setInputFiles(file("old.jsonl", "application/jsonl", lines));

        assertThat(status(ada)).containsText("Imported 1 new, updated 0, unchanged 0, failed 1.");
        assertThat(status(ada)).containsText("line 2: ");
        assertThat(ada.role(AriaRole.LINK, "Ferns")).isVisible();
    }

    @Test
    void canBeStoppedWhileTheyAreImported(Visitor ada) {
        ada.registered();
        ada.page.navigate("/settings");
        var held = new AtomicReference<Route>();
        ada.page.route("**/api/v1/import", held::set);
        ada.page.getByLabel("Import file").setInputFiles(file("old.jsonl", "application/jsonl", "{}\n"));

        assertThat(ada.role(AriaRole.PROGRESSBAR, "Importing old.jsonl")).isVisible();
        assertThat(ada.page.getByLabel("Import file")).isDisabled();
        ada.button("Stop").click();
        assertThat(ada.page.getByText("The import was stopped. What was imported before is kept."))
                .isVisible();
        assertThat(ada.role(AriaRole.PROGRESSBAR, "Importing old.jsonl")).hasCount(0);
        Assertions.assertThat(held).doesNotHaveNullValue();
    }

    private static FilePayload file(String name, String type, String content) {
        return new FilePayload(name, type, content.getBytes(UTF_8));
    }

    private static Locator list(Visitor visitor, String name) {
        return visitor.page.getByRole(
                AriaRole.LIST, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator status(Visitor visitor) {
        return visitor.page
                .getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName("Your data").setExact(true))
                .getByRole(AriaRole.STATUS)
                .last();
    }
}
