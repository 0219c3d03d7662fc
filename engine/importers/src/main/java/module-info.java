/** Models from elsewhere: ONNX files and PyTorch's checkpoints, as folders and checkpoints that the engine reads. */
module io.lanewise.importers {
    requires transitive io.lanewise.engine;
    requires transitive io.lanewise.text;
    requires com.google.gson;
    requires com.google.protobuf;
    requires org.tribuo.util.onnx;

    exports io.lanewise.importers;
}
