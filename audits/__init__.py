"""The finished site before other people's judges: Lighthouse, the Nu Html Checker, EPUBCheck. See __main__."""
