package io.fluxrig.iso.packager;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jpos.iso.ISOFieldPackager;

/** What stands in the jPOS jar. */
final class JposClasses {
    private JposClasses() {}

    /** The classes {@code org.jpos.iso.IF*}. */
    static List<Class<?>> fieldPackagers() throws IOException, ClassNotFoundException {
        List<Class<?>> classes = new ArrayList<>();
        for (String name : entries("org/jpos/iso/IF[A-Z_0-9]*\\.class")) {
            classes.add(Class.forName(name.replace('/', '.').replace(".class", "")));
        }
        return classes;
    }

    /** The packager files: {@code packager/*.xml}. */
    static List<String> packagerFiles() throws IOException {
        return entries("packager/.*\\.xml");
    }

    private static List<String> entries(String pattern) throws IOException {
        Path jar = Path.of(ISOFieldPackager.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.matches(pattern))
                    .toList();
        }
    }
}
