package io.lanewise.importers.torch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.lanewise.LanewiseException;
import io.lanewise.importers.torch.Pickled.Global;
import io.lanewise.importers.torch.Pickled.Tuple;

/** The storages that a file's pickle speaks of: each key has one type and one count. */
final class StorageIds {

    private final Map<String, Pickled.Storage> storages = new HashMap<>();

    Map<String, Pickled.Storage> all() {
        return storages;
    }

    Pickled find(Tuple id) {
        List<Pickled> parts = id.values();
        String kind = !parts.isEmpty() && parts.getFirst() instanceof Pickled.Text(String text) ? text : "";
        if (kind.equals("module") && parts.size() > 1 && parts.get(1) instanceof Global global) {
            return global; // old files say where a class is from when they first speak of it
        }
        boolean fits = kind.equals("storage") && (parts.size() == 5 || parts.size() == 6)
                && parts.get(1) instanceof Global && parts.get(2) instanceof Pickled.Text
                && parts.get(4) instanceof Pickled.Int(long count) && count >= 0;
        if (!fits) {
            throw new LanewiseException("an id in a pickle must be that of a storage: parts=" + parts.size());
        }
        if (parts.size() == 6 && parts.get(5) != Pickled.None.NONE) {
            throw new LanewiseException("a storage must not be a view of another: storage=" + LanewiseException.quote(
                    ((Pickled.Text) parts.get(2)).value()));
        }
        return storage((Global) parts.get(1), ((Pickled.Text) parts.get(2)).value(),
                ((Pickled.Int) parts.get(4)).value());
    }

    private Pickled.Storage storage(Global type, String key, long count) {
        StorageType known = StorageType.of(type).orElseThrow(() -> new LanewiseException(
                "a storage must be of a type that is known: type=" + LanewiseException.quote(type.path())));
        Pickled.Storage storage = new Pickled.Storage(known, key, count);
        Pickled.Storage before = storages.putIfAbsent(key, storage);
        if (before != null && !before.equals(storage)) {
            throw new LanewiseException("a storage must have one type and one count: storage="
                    + LanewiseException.quote(key));
        }
        return storage;
    }
}
