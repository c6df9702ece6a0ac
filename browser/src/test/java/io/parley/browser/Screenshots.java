package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Takes pictures of the main pages, light and dark, wide and on a phone, into {@code target/screenshots}. No part of the ordinary run: somebody
 * has to look at them. See the README of this module.
 */
@ExtendWith(AppExtension.class)
class Screenshots {
    private static final Path FOLDER = Path.of("target", "screenshots");

    /** A size of the window. Settings are long, and the page scrolls within the window. */
    private enum Size {
        WIDE(1280, 800),
        PHONE(390, 844);

        private final int width;
        private final int height;

        Size(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    private static final int ALL_SETTINGS = 4600;

    @Test
    void ofTheMainPages(Visitor ada) {
        ada.page.navigate("/");
        assertThat(ada.button("Create an account")).isVisible();
        assertThat(ada.button("Continue with Acme")).isVisible();
        inAllForms(ada, "sign-in");
        ada.registered();
        var conversation = new SampleContent(ada).create();

        show(
                ada,
                "/",
                "new",
                ada.role(AriaRole.LINK, "Fern care")
                        .or(ada.page.getByText("Fern care"))
                        .first());
        ada.page.navigate(conversation);
        assertThat(ada.page.getByText("Jardim Botânico").first()).isVisible();
        assertThat(ada.page.locator(".code-keyword").first()).isVisible();
        assertThat(ada.page.getByText("Fern care").first()).isVisible();
        inAllForms(ada, "conversation");
        show(ada, "/tasks", "tasks", ada.role(AriaRole.CHECKBOX, "Book the tram tour"));
        show(ada, "/search?q=lisbon", "search", ada.page.locator("mark").first());
        show(ada, "/trash", "trash", ada.page.getByText("Old notes").first());
        show(ada, "/usage", "usage", ada.role(AriaRole.CELL, "960").first());
        ada.page.navigate("/settings");
        assertThat(ada.button("Delete packing-list.txt")).isVisible();
        for (var size : Size.values()) ofSettings(ada, size);
        ada.page.setViewportSize(Size.PHONE.width, Size.PHONE.height);
        ada.page.navigate(conversation);
        ada.button("Open menu").click();
        take(ada, "menu", Size.PHONE, ColorScheme.LIGHT);
    }

    @Test
    void ofTheConsentPage(Visitor ada) {
        ada.registered();
        var editor = new Editor(ada);
        editor.ask("tasks:read tasks:write chat");
        inAllForms(ada, "consent-sign-in");
        editor.signIn();
        assertThat(ada.button("Allow")).isVisible();
        inAllForms(ada, "consent");
    }

    private static void show(Visitor visitor, String path, String name, Locator sign) {
        visitor.page.navigate(path);
        assertThat(sign).isVisible();
        inAllForms(visitor, name);
    }

    private static void ofSettings(Visitor visitor, Size size) {
        visitor.page.setViewportSize(size.width, ALL_SETTINGS);
        for (var colors : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) take(visitor, "settings", size, colors);
    }

    private static void inAllForms(Visitor visitor, String name) {
        for (var size : Size.values()) {
            visitor.page.setViewportSize(size.width, size.height);
            for (var colors : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) take(visitor, name, size, colors);
        }
        visitor.page.setViewportSize(Size.WIDE.width, Size.WIDE.height);
    }

    private static void take(Visitor visitor, String name, Size size, ColorScheme colors) {
        visitor.page.emulateMedia(
                new Page.EmulateMediaOptions().setColorScheme(colors).setReducedMotion(ReducedMotion.REDUCE));
        var file = String.join("-", name, size.name(), colors.name()).toLowerCase(Locale.ROOT) + ".png";
        visitor.page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(file)));
    }

    static String day(int fromNow) {
        return LocalDate.now().plusDays(fromNow).toString();
    }
}
