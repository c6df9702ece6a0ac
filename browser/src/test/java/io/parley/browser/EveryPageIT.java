package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(AppExtension.class)
class EveryPageIT {
    private static final List<String> PAGES =
            List.of("/", "/tasks", "/search?q=help", "/trash", "/usage", "/settings", "/nowhere");

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void isAccessibleAndFitsAPhone(ColorScheme colors, Visitor ada) {
        ada.registered();
        ada.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colors));
        ada.page.setViewportSize(390, 800);
        for (var path : PAGES) {
            ada.page.navigate(path);
            PageCheck.of(ada.page, path);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void isSoWithThingsOnItAsWell(ColorScheme colors, Visitor ada) {
        ada.registered();
        ada.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colors));
        ada.page.setViewportSize(320, 700);
        var editor = new Editor(ada);
        editor.ask("tasks:read chat");
        PageCheck.of(ada.page, "sign-in for a program");
        editor.signIn();
        assertThat(ada.button("Allow")).isVisible();
        PageCheck.of(ada.page, "decision about a program");
        editor.letIn();

        ada.page.navigate("/settings");
        var name = "a name that is long enough to be broken into lines, " + "x".repeat(60) + ".txt";
        ada.page.getByLabel("Upload file").setInputFiles(new FilePayload(name, "text/plain", new byte[] {'a'}));
        assertThat(ada.button("Delete " + name)).isVisible();
        var lines = "{\"title\":7}\n{\"title\":\"Ferns\",\"messages\":[]}\n";
        ada.page
                .getByLabel("Import file")
                .setInputFiles(new FilePayload("old.jsonl", "application/jsonl", lines.getBytes(UTF_8)));
        assertThat(ada.page.getByText("Imported 1 new")).isVisible();
        assertThat(ada.button("Disconnect Editor")).isVisible();
        PageCheck.of(ada.page, "settings");
        ada.button("Delete " + name).click();
        ada.page.navigate("/trash");
        assertThat(ada.button("Restore " + name)).isVisible();
        PageCheck.of(ada.page, "trash");
    }

    @Test
    void isReachedByKeys(Visitor ada) {
        ada.registered();
        ada.page.keyboard().press("Control+k");
        assertThat(ada.role(AriaRole.SEARCHBOX, "Search")).isFocused();
        ada.page.keyboard().press("Control+Shift+O");
        assertThat(ada.field("Message")).isFocused();
        ada.role(AriaRole.LOG, "Messages").focus();
        ada.page.keyboard().press("?");
        assertThat(ada.role(AriaRole.DIALOG, "Keyboard shortcuts")).isVisible();
        ada.page.keyboard().press("Escape");
        assertThat(ada.role(AriaRole.LOG, "Messages")).isFocused();
    }
}
