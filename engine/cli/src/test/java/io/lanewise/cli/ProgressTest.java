package io.lanewise.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What is said of long inputs. */
class ProgressTest {

    @Test
    void shouldSayHowLongTheRestWillTake() {
        assertEquals("1,200 lines in 0:01:00, 25 %, 0:03:00 to go",
                Progress.line(Progress.LINES, 25, 1200, Duration.ofMinutes(1), 100));
        assertEquals("1,200 lines in 2:00:05", Progress.line(Progress.LINES, 25, 1200, Duration.ofSeconds(7205), 0));
    }

    @Test
    void shouldSayNothingOfWhatIsSoonDone() {
        StringWriter errors = new StringWriter();
        try (Progress progress = new Progress(new PrintWriter(errors), 100, true)) {
            progress.advanceTo(50, 10);
        }
        assertEquals("", errors.toString());
    }
}
