/// What tells the words of a person's name from others, and the surname from the given name.
enum NameTables {
    /// Given names in use in English-language news, without those that are words as well (Will, Grant, May).
    static let given = WordSet(
        """
        aaron abdul abdullah abhishek adam adrian ahmed aisha ajay akshay alan alain albert alberto alejandro aleksandr \
        alex alexander alexandra alexandre alexei alexis alfred ali alice alicia alison allison alok amanda amber amina \
        amir amit amy ana anand anders andre andrea andreas andrei andres andrew andrey andy angela anil anita anjali ann \
        anna anne annie anthony antoine anton antonio anupam anurag ariel arjun arnaud arnold arthur arun arvind ashley \
        ashok ashwin astrid audrey austin barbara barry beatrice ben benjamin benoit bernard beth bharat bill bjorn bob \
        boris brad bradley brandon brendan brent brett brian bridget bruce bruno bryan caitlin calvin cameron camille carl \
        carla carlo carlos carmen carol caroline carolyn casey caspar catherine cathy cecilia charles charlie charlotte \
        chelsea cheryl chloe chris christian christina christine christopher christoph claire clara clare claudia clement \
        colin connor corey craig cristina curtis cynthia daisuke damian damien dan dana daniel daniela daniele danielle danny \
        dario darren dave david dean deborah deepak demis denis dennis derek diana diane diego dieter dmitri dmitry \
        dominic dominique don donald donna doris dorothy doug douglas duncan dustin dylan ed eddie edgar edith eduardo edward \
        edwin elaine elena eli elias elisabeth elizabeth ella ellen elon emanuel emil emilia emily emma emmanuel eric erica \
        erik ernest esther ethan eugene eva evan evelyn fabian fabio fatima federico felipe felix fernando fiona florence \
        florian frances francesca francesco francis francisco francois frank frankie fred frederic frederick fredrik fritz \
        gabriel gabriela gareth gary gavin geoff geoffrey george georgia gerald gerard giacomo gian gina giorgio giovanni \
        giulia glen glenn gordon graham greg gregory guido guillaume guillermo gustav gustavo gwynne hannah hans harold \
        harry harsh hassan hector heather heidi helen helena helge henri henrik henry herbert hiroshi holger howard hugh \
        hugo hussein ian ibrahim igor ilya imran ingrid irene irina isaac isabel isabella isabelle ivan jack jackie jacob \
        jacqueline jacques jake james jamie jan jane janet janice jared jasmine jason javier jay jean jeff jeffrey jennifer \
        jenny jens jensen jeremy jerome jerry jesse jessica jill jim jimmy joan joanna joao joe joel joerg johan johann \
        johannes john johnny jon jonas jonathan jordan jorge jose josef joseph josh joshua joyce juan judith judy julia \
        julian julie julien juliet julio june jurgen justin kai karen karim karin karl karsten kate katharina katherine \
        kathleen kathryn kathy katie keith kelly ken kenneth kenji kevin khalid kiran klaus kristen kristin kristina kumar \
        kurt kyle lars larry laura lauren laurence laurent lawrence lea lee leila lena leo leon leonard leonardo leslie \
        liam linda lindsay linus lisa liz logan lorenzo louis louise luc luca lucas lucia lucy luigi luis luke lukas lynn \
        madeleine magnus malcolm manuel marc marcel marcelo marco marcus margaret maria marie marina mario marion marissa \
        mark markus marta martha martin martina marvin mary masayoshi mathias mathieu matt matteo matthew matthias maurice \
        max maxim maximilian maya megan mehdi melanie melissa michael michel michelle miguel mihir mika mike mikhail milan \
        mira miriam mitchell mohamed mohammad mohammed mohit molly monica morgan morten muhammad mustafa nadia nancy naomi \
        natalia natalie natasha nathan nathaniel neha neil nicholas nick nicola nicolas nicole niels nigel nikhil nikita \
        nikola nikolai nils nina nitin noah noel nora norman olaf oleg oliver olivia olivier omar oscar otto owen pablo pam \
        pamela paola paolo parag pascal patricia patrick paul paula paulo pavel pedro peggy penny per peter petra phil \
        philip philipp philippe phoebe pierre pieter pranav prashant pratik priya quentin rachel rafael raghu rahul raj \
        rajesh rajiv rakesh ralph ramesh randall randy raphael ravi ray raymond rebecca renate rene ricardo richard rick \
        riccardo rob robert roberto robin rodney rodrigo roger rohan rohit roland rolf roman ron ronald rory ross roy ruben \
        rupert russell ruth ryan sabine sachin sally salman sam samantha samir samuel sandeep sandra sandy sanjay santiago \
        sanjeev sara sarah sascha satoshi satya scott sean sebastian serge sergei sergey sergio seth shane shannon sharon \
        shawn sheila shinji shreya silvia simon simone sofia sonia sophia sophie spencer stacy stan stanley stefan stefano \
        stella stephan stephanie stephane stephen steve steven stewart stuart sumit sundar sunil suresh susan susanne \
        suzanne sven sylvia takashi takeshi tamara tanja tanya tara tatiana ted terence teresa terry theo theodore theresa \
        thibault thierry thomas tiffany tim timothy tobias todd tom tomas tommaso tommy tony travis trevor tristan troy \
        tyler uday ulrich ursula valentina valerie vanessa varun vera veronica victor victoria vijay vikram viktor vincent \
        vincenzo vinod viola virginia vishal vivek vivian vladimir walter wanda warren wayne wendy werner wesley whitney \
        wilhelm william willem wolfgang xavier yann yannick yasmin yves yuri yoshua yusuf zach zachary zoe
        """)

    /// Surnames that stand first: Chinese in pinyin, Korean, Japanese, Vietnamese.
    static let chineseSurnames = WordSet(
        """
        ai an bai bao bi bian cai cao cen chai chan chang che chen cheng chi chu cui dai deng ding dong dou du duan fan \
        fang fei feng fu gan gao ge geng gong gu guan gui guo hai han hao he hong hou hu hua huang huo ji jia jian jiang \
        jiao jin jing ju kang ke kong kuang lai lan lang lei leng li lian liang liao lin ling liu long lou lu luan luo lv \
        ma mao mei meng miao mo mu ni nie ning niu ou ouyang pan pang pei peng pi pu qi qian qiao qin qiu qu quan ran rao \
        ren rong ruan shan shang shao shen sheng shi shu si sima situ song su sui sun tan tang tao teng tian tong tu wan \
        wang wei wen weng wu xi xia xian xiang xiao xie xin xing xiong xu xuan xue yan yang yao ye yi yin ying yong you yu \
        yuan yue yun zang zeng zha zhan zhang zhao zhen zheng zhi zhong zhou zhu zhuang zhuo zong zou zu zuo
        """)
    static let koreanSurnames = WordSet(
        """
        ahn bae baek ban byun cha chae cho choi chung do eom go goo gu ha han heo hong hur hwang im jang jeon jeong jin jo \
        joo ju jun jung kang kim ko koo kwak kwon lee lim min moon na nam no noh oh paik park pyo roh ryu seo seol shim \
        shin sin so sohn son song suh uhm um woo yang yeo yeon yim yoo yoon you yu yun
        """)
    static let japaneseSurnames = WordSet(
        """
        abe akazawa aoki arai endo fujii fujimoto fujita fujiwara fukuda goto hara hasegawa hashimoto hattori hayashi \
        hirai hirano honda hosaka ichikawa ikeda imai inoue ishibashi ishiba ishida ishiguro ishihara ishikawa ito \
        iwasaki kagami kaneko kato kawaguchi kawasaki kikuchi kimura kishida kobayashi koike koizumi kojima kondo kono \
        kubo kuroda maeda maruyama matsuda matsui matsumoto matsuo matsushita mibe mikitani mori morita murakami muto \
        nagamori nakagawa nakajima nakamura nakano nishida nishimura noguchi nomura oda ogawa okada okamoto ono ota otsuka \
        saito sakai sakamoto sasaki sato shimizu sugiyama suzuki takada takagi takahashi takaichi takeda tamura tanaka \
        taniguchi totoki toyoda ueda ueno uchida umeda wada watanabe yamada yamaguchi yamamoto yamanaka yamashita yanai \
        yokoyama yoshida yoshikawa
        """)

    /// Small words inside surnames.
    static let particles = WordSet("de da di del della den der du dos das la le van von ter ten bin ibn al el ben zu y")

    /// Capitalised words that no name begins, ends or goes through.
    static let stops = WordSet(
        """
        a an the this that these those there here he she it we you they i his her its our their my your who what when where \
        why how which while if in on at by to of for from with without within after before during since until under over \
        about against among around between into through and or but nor so yet as also although because however meanwhile \
        moreover furthermore instead then thus therefore still now today yesterday tomorrow recently earlier later last \
        next first second third both all any each every no not only even such more most many some other another like unlike \
        according citing asked despite
        monday tuesday wednesday thursday friday saturday sunday january february march april june july august \
        september october november december
        ceo cto cfo coo cio president chairman chairwoman chair director manager founder co cofounder chief partner analyst \
        economist professor researcher scientist engineer physicist spokesperson spokesman spokeswoman minister secretary \
        commissioner senator governor mayor dean fellow investor consultant lawyer attorney officer head executive vice \
        deputy senior junior former general managing prime dr mr mrs ms prof sir lord dame judge representative rep sen gov \
        emeritus associate assistant principal lead global member ranking
        american british chinese european japanese korean indian german french russian canadian australian taiwanese \
        italian spanish dutch swedish swiss israeli
        inc corp ltd llc gmbh plc co company group institute university college academy laboratory laboratories lab labs \
        ministry commission committee council association federation foundation hospital agency authority administration \
        bureau society alliance consortium department office center centre school team board court house party news times \
        post press journal review magazine report summit conference forum award awards prize week day year city state \
        county province district street avenue bank capital ventures partners holdings technologies technology systems \
        robotics motors energy software services solutions industries research science sciences street
        """)

    /// Words of an organisation's name that do not tell it from others of its kind.
    static let generic = WordSet(
        """
        national foreign central state federal supreme public people royal higher research intelligence industry \
        industrial science technology commerce trade defence defense finance education health transport energy interior \
        justice statistics information innovation space digital internet cyberspace communications planning environment \
        security standing executive select joint special advisory polytechnic technical medical city
        """)
}
