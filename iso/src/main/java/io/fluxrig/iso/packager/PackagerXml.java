package io.fluxrig.iso.packager;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a packager file into {@link PackagerElement}s. A DOCTYPE may stand there, as it does in most of them, but is not
 * looked at: nothing outside the file is ever opened, and no entity but XML's own five is known. Bounded: 4 MiB, 16 levels,
 * 20,000 elements of at most 32 attributes.
 */
final class PackagerXml {
    static final int BYTES_MAX = 4 << 20;
    static final int DEPTH_MAX = 16;
    static final int ELEMENTS_MAX = 20_000;
    static final int ATTRIBUTES_MAX = 32;

    private final Findings findings;
    private final Deque<PackagerElement> open = new ArrayDeque<>();
    private PackagerElement root;
    private int elements;

    private PackagerXml(Findings findings) {
        this.findings = findings;
    }

    /** The root element, or null with a fault among the findings. */
    static PackagerElement read(byte[] source, Findings findings) {
        if (source.length > BYTES_MAX) {
            findings.fault("", 1, "bytes=" + source.length + " max=" + BYTES_MAX, "split the packager");
            return null;
        }
        EntityScan.Reference entity = new EntityScan(source).first();
        if (entity != null) {
            findings.fault(
                    "", entity.line(), "an entity, which is not read: " + entity.text(), "write what it stands for");
            return null;
        }
        return new PackagerXml(findings).elements(source);
    }

    private static XMLStreamReader reader(byte[] source) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty("http://www.oracle.com/xml/jaxp/properties/elementAttributeLimit", "" + ATTRIBUTES_MAX);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> new ByteArrayInputStream(new byte[0]));
        return factory.createXMLStreamReader(new ByteArrayInputStream(source));
    }

    private PackagerElement elements(byte[] source) {
        XMLStreamReader reader = null;
        try {
            reader = reader(source);
            boolean more = true;
            while (more && reader.hasNext()) {
                int line = Math.max(1, reader.getLocation().getLineNumber());
                int event = reader.next();
                // an element begins where what is ahead of it ends; ahead of the first one there may be lines that are
                // no event
                more = event(
                        reader,
                        event,
                        root == null ? Math.max(1, reader.getLocation().getLineNumber()) : line);
            }
        } catch (XMLStreamException wrong) {
            findings.fault("", lineOf(wrong), "not XML: " + reason(wrong), "correct it, or name another file");
            return null;
        } finally {
            close(reader);
        }
        return findings.hasFault() ? null : root;
    }

    private boolean event(XMLStreamReader reader, int event, int line) {
        if (event == XMLStreamConstants.END_ELEMENT) {
            open.pop();
        } else if (event == XMLStreamConstants.START_ELEMENT) {
            return begin(reader, line);
        }
        return true;
    }

    private boolean begin(XMLStreamReader reader, int line) {
        if (++elements > ELEMENTS_MAX || open.size() >= DEPTH_MAX || reader.getAttributeCount() > ATTRIBUTES_MAX) {
            findings.fault(
                    "",
                    line,
                    "more than " + ELEMENTS_MAX + " elements, " + DEPTH_MAX + " levels or " + ATTRIBUTES_MAX
                            + " attributes",
                    "split the packager");
            return false;
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        PackagerElement element = new PackagerElement(reader.getLocalName(), line, attributes);
        if (open.isEmpty()) {
            root = element;
        } else {
            open.peek().children().add(element);
        }
        open.push(element);
        return true;
    }

    private static int lineOf(XMLStreamException wrong) {
        return wrong.getLocation() == null ? 1 : Math.max(1, wrong.getLocation().getLineNumber());
    }

    /** What the parser says, without the place, which is told apart, and without the rest of a long text. */
    private static String reason(XMLStreamException wrong) {
        String message = String.valueOf(wrong.getMessage());
        int at = message.indexOf("Message: ");
        String reason = message.substring(at < 0 ? 0 : at + 9).replaceAll("\\s+", " ");
        return reason.length() > 160 ? reason.substring(0, 160) + "..." : reason;
    }

    private void close(XMLStreamReader reader) {
        if (reader == null) {
            return;
        }
        try {
            reader.close();
        } catch (XMLStreamException unclosed) { // it holds nothing but memory
            findings.fault("", 1, "not XML: " + reason(unclosed), "correct it, or name another file");
        }
    }
}
