package io.lanewise.tokenizers;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.lanewise.LanewiseException;
import io.lanewise.json.Strings;

/** Reads a file of many lines. */
final class TextLines {

    private TextLines() {}

    static Strings read(Path file) {
        Strings lines = new Strings();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (CharacterCodingException e) {
            throw new LanewiseException("file must be UTF-8: file=" + file, e);
        } catch (IOException e) {
            throw new LanewiseException("file must be readable: file=" + file, e);
        }
        lines.trim();
        return lines;
    }
}
