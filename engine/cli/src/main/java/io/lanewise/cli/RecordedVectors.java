package io.lanewise.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;

/**
 * A file of vectors that something else has made of texts.
 *
 * @param maxLength the tokens that texts were cut to; 0 where the file does not say
 */
record RecordedVectors(Path file, int maxLength, List<Item> items) {

    /**
     * A text and its vector.
     *
     * @param ids its tokens; null where the file does not say
     */
    record Item(String text, int[] ids, float[] vector) {}

    /**
     * Reads a file.
     *
     * @throws LanewiseException if it cannot be read, or lacks something
     */
    static RecordedVectors read(Path file) {
        Json json = JsonFile.settings(file);
        try {
            List<Item> items = new ArrayList<>();
            for (Json item : json.get("items").list()) {
                items.add(new Item(item.textOrNull("text"), item.has("ids") ? ids(item.get("ids")) : null,
                        vector(item.get("vector"))));
            }
            if (items.isEmpty()) {
                throw new LanewiseException("there must be an item: $.items is empty");
            }
            return new RecordedVectors(file, json.has("max_length") ? json.get("max_length").count() : 0,
                    List.copyOf(items));
        } catch (LanewiseException e) {
            throw new LanewiseException(e.getMessage() + ", file=" + file, e);
        }
    }

    private static int[] ids(Json list) {
        return list.list().stream().mapToInt(Json::count).toArray();
    }

    private static float[] vector(Json list) {
        List<Json> numbers = list.list();
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) numbers.get(i).number();
        }
        return vector;
    }
}
